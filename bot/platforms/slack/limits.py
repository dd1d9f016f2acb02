"""Slack's limits, all in one place (docs.slack.dev/reference/block-kit, surfaces/modals, apis/web-api)."""

from typing import Final

MESSAGE_BLOCKS: Final = 50
MESSAGE_WEIGHT: Final = 11_500
BLOCK_WEIGHT: Final = 100
"""Slack refuses a message by an unwritten measure (`msg_blocks_too_long`): all its letters and about 100 for each block
and button, somewhere above 12,000 (github.com/slackapi/bolt-js/issues/2509 and 2867)."""
MESSAGE_PARTS: Final = 5
"""Messages that one answer may be told in: a response_url takes five."""
VIEW_BLOCKS: Final = 100
TEXT: Final = 3000
"""A section's text, a quote, and the plain text beside the blocks (Slack shows no more than 4,000 of that)."""
FIELDS: Final = 10
FIELD: Final = 2000
HEADER: Final = 150
BUTTONS: Final = 25
BUTTON_LABEL: Final = 75
BUTTON_ABOUT: Final = 75
BUTTON_VALUE: Final = 2000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
ID: Final = 255
LABEL: Final = 2000
HINT: Final = 2000
OPTION_LABEL: Final = 75
OPTION_VALUE: Final = 150
RADIOS: Final = 5
"""Our own: more choices than these become a menu, or a form grows longer than anyone reads."""
CHECKBOXES: Final = 10
SELECT_OPTIONS: Final = 100
MODAL_TITLE: Final = 24
PRIVATE_METADATA: Final = 3000
INPUT: Final = 3000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_CELL: Final = 2000
TABLE_ALL_CELLS: Final = 10_000
CHARTS: Final = 2
CHART_TITLE: Final = 50
CHART_POINTS: Final = 20
CHART_LABEL: Final = 20
LINK: Final = 3000

INCOMING_ID: Final = 200
"""The longest id that a payload may carry: Slack's own stay far below it."""
SIGNATURE_AGE: Final = 300
"""Seconds: an older or newer request is refused (docs.slack.dev/authentication/verifying-requests-from-slack)."""
ACK_SECONDS: Final = 2.0
"""How long a request waits for its answer to be shown: Slack wants its 200 within 3 seconds."""
SEND_SECONDS: Final = 5.0
"""Our own: how long one attempt to deliver may take; a stop waits six for what is under way (bot/outbox.py)."""
GAP_SECONDS: Final = 1.0
"""Between the messages of one post: Slack takes about one a second (docs.slack.dev/apis/web-api/rate-limits)."""
