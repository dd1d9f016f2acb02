"""What the bot asks without being asked, told as a story.

On Monday at 9am, on her own clock, Ann gets one message: her check-in is due, with a button that opens it there and
then. She presses Later and Tomorrow; on Tuesday it comes again, and she answers. Had she not, one shorter reminder
would have come, then silence. Skip this one, Less often and Stop stand under each message, and Why did I get this?
says who set it and how to change it. `prompts` shows her all that she gets, and when the next one comes.

Bea, her co-ordinator, types `schedule` and chooses how often, which day and what time. She sees what would happen,
"Next: Monday 11 January at 9am, to 14 people", and nothing is kept before she presses Start this. `deliveries` shows
her what was sent, what is uncertain and what could not be delivered; she never sees who has not answered.
"""
