"""Each fault and each point of the security list that can happen so far has its tests, and they are there by name."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from bench.house import ROOT

KILLED, AGAIN, FORGED = "test_killed", "test_the_same_event_again", "test_forged"
SQLITE, POSTGRESQL = "test_sqlite_fails", "test_postgresql_fails"
TOO_MUCH, LEAKS = "test_too_much", "test_what_leaks"
OUT_KILLED, OUT_REFUSED, IN_TIME = "test_deliveries_killed", "test_deliveries_refused", "test_deliveries_in_time"
OUTBOX, TICKER, MODEL_FAILS = "test_outbox", "test_ticker", "test_the_model_fails"

TESTS: dict[str, list[tuple[str, str]]] = {
    "F1 killed": [
        (KILLED, "test_at_every_statement_and_on_both_sides_of_the_commit"),
        (KILLED, "test_many_times_at_random_under_load"),
        ("test_migrations", "test_a_migration_that_is_killed_leaves_what_was_there"),
        (OUT_KILLED, "test_many_times_at_random"),
        (OUT_KILLED, "test_on_both_sides_of_each_commit_of_the_way_out"),
    ],
    "F2 stopped": [
        (KILLED, "test_stopped_in_good_order_under_load"),
        (OUT_KILLED, "test_stopped_in_the_middle"),
        (OUT_KILLED, "test_stopped_while_the_platform_hangs"),
    ],
    "F3 locked": [
        (SQLITE, "test_a_lock_that_is_let_go_in_time_is_waited_for"),
        (SQLITE, "test_a_lock_that_stays_is_told_and_heals"),
    ],
    "F4 PostgreSQL away": [
        (POSTGRESQL, "test_postgresql_stops_and_comes_back"),
        (POSTGRESQL, "test_postgresql_restarted_under_load_fails_each_connection_once_at_most"),
        (POSTGRESQL, "test_a_database_whose_tables_are_gone_is_told_and_nothing_is_acknowledged"),
        ("test_failures", "test_a_server_that_lets_nobody_in_says_why"),
        ("test_keeping", "test_the_keeper_goes_on_after_a_bug_and_says_so"),
        (IN_TIME, "test_the_database_goes_away_in_the_middle_and_comes_back"),
    ],
    "F5 too much": [
        (OUT_REFUSED, "test_a_storm_of_too_many_holds_one_workspace_and_costs_no_attempt"),
        (OUT_REFUSED, "test_a_storm_on_teams_holds_the_tenant_alone"),
        (OUT_REFUSED, "test_an_ordinary_wait_holds_though_the_bot_is_restarted"),
        (OUTBOX, "test_a_workspace_that_is_held_gets_nothing_more_and_no_attempt_is_counted"),
    ],
    "F6 no answer": [
        (OUT_REFUSED, "test_what_was_not_answered_is_looked_for_or_held_and_never_doubled"),
        (OUT_REFUSED, "test_what_slack_shows_late_is_not_sent_again"),
        (OUT_REFUSED, "test_platforms_that_fail_altogether_leave_few_in_doubt"),
        (OUT_REFUSED, "test_a_platform_that_takes_from_nobody_costs_nobody_their_message"),
        (OUTBOX, "test_what_the_platform_would_have_again_is_tried_again_later"),
        ("test_slack_deliveries", "test_what_slack_does_not_tell_is_in_doubt_and_looked_for_before_it_is_sent_again"),
        ("test_teams_deliveries", "test_what_is_shown_without_an_answer_in_time_is_unknown_and_sent_once"),
    ],
    "F7 shut out": [
        (OUT_REFUSED, "test_shut_out_the_queue_waits_and_goes_out_after_a_restart"),
        (OUT_REFUSED, "test_shut_out_it_is_tried_again_by_itself"),
        ("test_slack_deliveries", "test_a_workspace_that_shuts_the_bot_out_is_held_and_the_owner_is_told"),
        ("test_teams_deliveries", "test_a_refused_sign_in_holds_everything_and_is_shown_until_it_is_mended"),
    ],
    "F8 this person never": [
        (OUT_REFUSED, "test_who_cannot_be_reached_is_given_up_or_gets_it_on_the_other_platform"),
        ("test_slack_deliveries", "test_who_cannot_be_written_to_is_given_up_and_nobody_else_is"),
        ("test_teams_deliveries", "test_who_has_blocked_or_removed_it_cannot_be_reached_here"),
    ],
    "F9 again": [
        (AGAIN, "test_all_that_came_comes_again_shuffled_and_late"),
        (AGAIN, "test_each_request_comes_three_times_at_once"),
        (AGAIN, "test_each_request_comes_three_times_at_once_to_two_bots"),
        ("test_web_forgery", "test_a_redelivered_check_in_is_kept_once"),
    ],
    "F10 clocks": [
        (IN_TIME, "test_the_bots_clock_is_set_back_and_forth"),
        (IN_TIME, "test_a_machine_whose_clock_was_put_back_sends_at_once"),
        (IN_TIME, "test_a_server_whose_clock_was_put_forth_lets_nobody_take_over_at_once"),
        (TICKER, "test_a_clock_that_is_set_back_or_forth_stops_nothing"),
    ],
    "F11 garbage": [
        (TOO_MUCH, "test_garbage_on_every_door_is_refused_in_a_line_and_kept_nowhere"),
        (TOO_MUCH, "test_what_is_no_http_is_refused"),
        ("test_log_lines", "test_whatever_there_is_to_tell"),
        ("test_slack_requests", "test_whatever_is_missing_or_of_another_type_is_never_our_error"),
        ("test_teams_requests", "test_no_fuzzed_activity_is_a_fault_of_ours"),
    ],
    "F12 full, read-only": [
        (SQLITE, "test_a_database_that_is_full_or_read_only_is_told_and_heals"),
        (SQLITE, "test_a_disk_that_fills_up_under_a_running_bot_is_told_and_heals"),
        (SQLITE, "test_a_folder_that_may_only_be_read_is_told_and_heals"),
    ],
    "F13 giants": [
        (TOO_MUCH, "test_forty_thousand_characters_in_a_form_are_refused_by_a_sentence"),
        (TOO_MUCH, "test_a_network_of_five_thousand_is_shown_and_holds_nobody_up"),
        ("test_slack_requests", "test_a_body_over_a_megabyte_is_too_large"),
        ("test_web_requests", "test_a_megabyte_is_too_much"),
    ],
    "F14 the model": [
        (MODEL_FAILS, "test_a_silent_model_holds_nobody_up_and_a_stop_does_not_wait_for_it"),
        (MODEL_FAILS, "test_the_draft_goes_on_without_it_and_says_why"),
        (MODEL_FAILS, "test_the_days_budget_is_kept_and_the_rest_is_drafted_without"),
        ("test_model", "test_whatever_it_does_wrong_has_a_word_and_is_tried_twice_at_the_most"),
    ],
    "F15 frozen": [(OUT_KILLED, "test_frozen_past_its_lease_and_then_going_on")],
    "F16 poison": [(OUTBOX, "test_one_that_cannot_be_drawn_keeps_no_other_back_and_is_given_up_in_the_end")],
    "F17 thousands at once": [(IN_TIME, "test_thousands_are_due_in_one_second_just_after_they_were_planned")],
    "peer: west of the deadline": [(IN_TIME, "test_a_member_west_of_the_deadline_gets_it_too")],
    "peer: killed between send and mark": [(OUT_KILLED, "test_on_both_sides_of_each_commit_of_the_way_out")],
    "peer: first ticks, overlapping ticks": [
        (IN_TIME, "test_two_first_ticks_and_ticks_that_overlap"),
        (TICKER, "test_two_first_ticks_at_once_both_end_and_never_overlap"),
    ],
    "peer: a slow tick": [
        (IN_TIME, "test_a_fan_out_that_outlasts_its_turn_is_not_begun_twice"),
        (TICKER, "test_a_slow_sweep_never_overlaps_itself_and_keeps_no_other_waiting"),
    ],
    "S1 signatures": [
        ("test_slack_requests", "test_what_slack_did_not_sign_is_refused"),
        ("test_slack_requests", "test_a_replay_has_the_same_id_so_that_it_counts_once"),
        ("test_teams_proof", "test_a_token_that_does_not_prove_the_request_is_401"),
    ],
    "S2 who it is": [
        ("test_slack_events", "test_nothing_that_a_person_can_type_changes_who_they_are"),
        ("test_web_requests", "test_a_form_cannot_name_its_sender"),
        (FORGED, "test_an_id_typed_into_a_form_makes_nobody_else"),
    ],
    "S3 another's ids": [
        (FORGED, "test_another_persons_check_in_cannot_be_touched_or_read"),
        (FORGED, "test_another_network_stays_closed_whatever_is_pressed"),
        (FORGED, "test_what_belongs_to_the_co_ordinator_is_refused_to_others_and_noted"),
        ("test_web_forgery", "test_nobody_presses_a_button_of_anothers_check_in"),
    ],
    "S4 serviceUrl": [
        ("test_teams_proof", "test_what_the_token_does_not_cover_is_refused_and_never_called"),
        ("test_teams_proof", "test_a_service_that_is_not_on_the_list_gets_no_token_even_if_it_is_signed"),
    ],
    "S5 no app id": [(FORGED, "test_teams_without_proof_is_refused_off_this_machine")],
    "S6 markup": [
        (LEAKS, "test_markup_that_was_typed_is_shown_as_it_was_typed"),
        ("test_slack_replies", "test_words_from_people_are_words_to_slack"),
        ("test_teams_cards", "test_nothing_that_was_typed_is_read_as_markup"),
    ],
    "S7 orders in check-ins": [
        ("test_updates_request", "test_an_order_in_a_check_in_travels_as_data"),
        ("test_guard", "test_a_sentence_that_obeys_a_check_in_is_stopped"),
    ],
    "S9 tables that run": [("test_updates_stale", "test_no_cell_is_a_formula")],
    "S10, S11 not yet": [(LEAKS, "test_what_does_not_exist_yet_cannot_fail")],
    "S8 words in logs": [
        (LEAKS, "test_no_word_and_no_secret_is_logged_at_any_level"),
        (LEAKS, "test_what_is_written_to_standard_error_holds_none_of_it"),
        (LEAKS, "test_a_bug_is_told_without_its_words"),
        (MODEL_FAILS, "test_a_bot_that_drafts_logs_neither_words_nor_keys"),
        ("test_audiences", "test_nobody_reads_what_is_not_for_them"),
        ("test_updates_audiences", "test_an_update_holds_only_what_its_readers_may_read"),
    ],
    "S12 health and metrics": [(LEAKS, "test_health_readiness_and_metrics_name_nobody")],
    "S14 audits": [(LEAKS, "test_an_audit_of_dependencies_is_strict")],
    "S13 unsigned floods": [
        ("test_slack_requests", "test_an_unsigned_flood_is_refused_before_a_byte_is_parsed"),
        ("test_teams_proof", "test_a_missing_or_odd_header_is_401_before_the_body_is_read"),
    ],
}


@cache
def written() -> dict[str, set[str]]:
    """Every test file, with the names of its tests."""
    trees = {path.stem: ast.parse(path.read_text()) for path in (ROOT / "tests").rglob("test_*.py")}
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return {stem: {one.name for one in tree.body if isinstance(one, kinds)} for stem, tree in trees.items()}


@pytest.mark.parametrize("fault", TESTS)
def test_it_is_there(fault: str) -> None:
    assert not [(file, name) for file, name in TESTS[fault] if name not in written().get(file, set())]
