// Makes the pages update in place. Every page works without it: forms post, links lead on, reloading shows what is new.
"use strict";
(() => {
  const messages = document.getElementById("messages");
  const sheet = document.getElementById("sheet");
  const now = document.getElementById("now");
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");

  // Questions that count only if an earlier answer is such: hidden until it is. A hidden question has no answer.
  const answer = (form, key) => {
    const question = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!question || question.hidden) return [];
    const fields = question.querySelectorAll("input:checked, select, textarea, input[type=text], input[type=date]");
    return Array.from(fields, (field) => field.value.trim()).filter(Boolean);
  };
  const showWhatCounts = (form) => {
    for (const question of form.querySelectorAll("[data-shown-if]")) {
      const given = answer(form, question.dataset.shownIf);
      const wanted = JSON.parse(question.dataset.values);
      question.hidden = wanted.length ? !given.some((one) => wanted.includes(one)) : !given.length;
    }
  };
  const prepare = (root) => root.querySelectorAll("form").forEach(showWhatCounts);

  const trouble = (sentence) => {
    const place = (sheet && sheet.open && sheet.querySelector(".trouble.net")) || document.getElementById("trouble");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
    if (sentence) place.scrollIntoView({ block: "nearest" });
  };

  // Lines are known by their ids: a new one is added, a changed one takes the place of the old. The id begins with the
  // name of the conversation: once that has begun anew, the lines of the old one go.
  const merge = (article) => {
    const node = document.importNode(article, true);
    const talk = node.id.split("-")[0];
    for (const old of messages.querySelectorAll("article")) if (old.id.split("-")[0] !== talk) old.remove();
    const held = document.getElementById(node.id);
    if (!held) {
      messages.querySelector(".empty")?.remove();
      messages.append(node);
    } else if (Number(held.dataset.serial) < Number(node.dataset.serial)) {
      const focused = held.contains(document.activeElement);
      held.replaceWith(node);
      if (focused) node.focus();
    }
  };

  // After an act of one's own: the line that it added or changed, whether the answer or the stream brought it.
  const serial = (article) => Number(article.dataset.serial);
  const findNewest = () => Array.from(messages.querySelectorAll("article")).sort((a, b) => serial(a) - serial(b)).at(-1);
  const mark = (article) => article && `${article.id}/${article.dataset.serial}`;
  const showNewest = (before) => {
    const newest = findNewest();
    if (!newest || mark(newest) === before) return;
    newest.scrollIntoView({ block: newest.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
    if (document.activeElement === document.body) newest.focus({ preventScroll: true });
  };

  const openSheet = (page, href) => {
    sheet.replaceChildren(document.importNode(page.querySelector(".sheet"), true));
    if (sheet.open) {
      sheet.dataset.typed = "yes";
    } else {
      sheet.dataset.href = href;
      delete sheet.dataset.typed;
    }
    const net = document.createElement("p");
    net.className = "trouble net";
    net.setAttribute("role", "alert");
    net.hidden = true;
    sheet.querySelector("h1").after(net);
    prepare(sheet);
    if (!sheet.open) sheet.showModal();
    sheet.scrollTop = 0;
    (sheet.querySelector("[autofocus]") || sheet.querySelector("h1")).focus();
  };

  const arrive = (page, from, ok, before) => {
    if (page.querySelector(".sheet")) return openSheet(page, from);
    const list = page.getElementById("messages");
    if (!list) return trouble(page.querySelector("main .lead")?.textContent || "That did not work. Please reload this page.");
    if (ok && sheet.open) {
      sheet.replaceChildren();
      sheet.close();
    }
    list.querySelectorAll("article").forEach(merge);
    const home = page.getElementById("home");
    if (ok && home) document.getElementById("home").replaceChildren(...document.importNode(home, true).childNodes);
    trouble(page.getElementById("trouble")?.textContent.trim() || "");
    const then = page.getElementById("now");
    if (then && now) now.replaceChildren(...document.importNode(then, true).childNodes);
    if (ok) showNewest(before);
  };

  const fetchPage = async (address, options, busy) => {
    if (busy.dataset.busy) return false;
    busy.dataset.busy = "yes";
    const before = mark(findNewest());
    try {
      const response = await fetch(address, options);
      arrive(parse(await response.text()), busy.href || address, response.ok, before);
      return response.ok;
    } catch {
      trouble("Weaver could not be reached, so nothing may have been sent. Please try again.");
      return false;
    } finally {
      delete busy.dataset.busy;
    }
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!messages || !form.matches("[data-in-place]")) return;
    event.preventDefault();
    // The stream may bring an answer before the request ends: what is sent until then waits, and is not wiped away.
    const composer = form.matches(".composer");
    if (composer && form.dataset.busy) {
      form.dataset.waits = form.elements.text.value;
      return;
    }
    const sent = composer && form.elements.text.value;
    const options = { method: "POST", body: new URLSearchParams(new FormData(form)) };
    // A week takes a moment: meanwhile the clock says so, and its other buttons wait.
    const clock = form.closest(".clock");
    if (clock?.dataset.busy) return;
    const time = clock && Array.from(now.childNodes);
    if (clock) now.textContent = "The clock is moving on. What falls due comes now.";
    const ok = await fetchPage(form.getAttribute("action"), options, clock || form);
    if (clock && !ok) now.replaceChildren(...time);
    const waits = form.dataset.waits;
    delete form.dataset.waits;
    // After a failure the name of the act stays, so that sending again cannot count twice.
    if (!ok) return;
    form.elements.nonce.value = fresh();
    if (!composer) return;
    if (form.elements.text.value === sent) form.elements.text.value = "";
    else if (form.elements.text.value === waits) form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.closest(".summary")) {
      event.preventDefault();
      document.getElementById(link.hash.slice(1))?.focus();
    } else if (!messages) {
      return;
    } else if (link.matches("[data-close]") && sheet.contains(link)) {
      event.preventDefault();
      sheet.close();
    } else if (link.matches("[data-in-place]")) {
      event.preventDefault();
      // A form that was closed half-filled is still there.
      if (sheet.dataset.typed && sheet.dataset.href === link.href && sheet.firstChild) sheet.showModal();
      else fetchPage(link.href, {}, link);
    }
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form) showWhatCounts(form);
    if (sheet?.contains(form)) sheet.dataset.typed = "yes";
  });

  const listen = () => {
    let since = messages.dataset.events;
    let source = null;
    const open = () => {
      source = new EventSource(since);
      source.onmessage = (event) => {
        const url = new URL(since, location.href);
        url.searchParams.set("since", event.lastEventId);
        since = url.href;
        merge(parse(event.data).querySelector("article"));
      };
    };
    // A hidden tab gives its connection back: browsers allow few to one host.
    const follow = () => {
      source?.close();
      source = null;
      if (document.visibilityState === "visible") open();
    };
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("pageshow", (event) => event.persisted && follow());
    follow();
  };

  document.documentElement.classList.add("scripted");
  prepare(document);
  if (messages) listen();
})();
