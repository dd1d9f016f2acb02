"""Who is in what: the conversation about people and their roles, and the programme file that sets both.

A co-ordinator types `people` and sees who is in their network, twenty at a time, with what each one does.
`people ann` finds Ann. Add someone opens a form that asks for the account, the name and the role; an
account that is known already gets the role, and nobody is doubled. A press on a name shows that person,
with Change roles and Remove. Removing asks first, says so plainly where it is oneself, and is refused for
the last co-ordinator of a network. An administrator does the same in every network. Nobody is written to
because they were added.

At the start, and whenever it changes, the programme file is loaded (`loading`): it adds and updates, and
leaves alone what people changed in chat.
"""
