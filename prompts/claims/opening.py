"""Common words that may open a sentence with a capital letter and are no names."""

from prompts.claims.vocabulary import FUNCTION, REPORTING, listed

_OPENERS = frozenset(
    listed(
        """
        access action advice agreement answer appointment attendance audit average award bed board booking
        budget building calendar call campaign capacity care carer case centre chair change choir clinic
        clinician co-ordinator collaboration college colleague comment committee community complaint concern
        concert conference connection contact cost council course data date day decision demand department
        digital discharge discussion doctor draft e-mail education email evening event evidence example
        exercise experience faculty family feedback file fewer figure film first five form four friend fund
        funding future general goal group guidance guide half health help hospital hour idea improvement
        information interest interview introduction invitation job kitchen lack language leader leadership
        leaflet learning lesson less letter library list local lunch management manager map material measure
        meeting memory mental mentor message midwife minute model money month more morale morning most
        national need new newcomer news newsletter next night nobody none number nurse office one online only
        organisation outreach paper parent part patient pathway peer people phone physiotherapist pilot place
        plan planning police policy poster practice practitioner pressure primary problem process professional
        programme progress project proposal public quality quarter question rate reading reason referral
        regional regular reminder report research resource response rest result review risk role room rota
        round rule safety school second secondary senior service session seven shift short signpost simple
        singer site six small social someone space spend staff standard start step steroid story strategy
        student study success summary supervision supplier support surgery survey system talk task team
        telephone ten text theatre therapist three time together tool topic trainee trainer training
        translation transport travel trial trust two unit update upskilling user venue video visit volunteer
        wait ward waste website week weekend winter woman work worker workforce workshop world year young zero
        ringing yet despite overall instead meanwhile following eight nine eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        hundred twice once either compared based click visit send pay vote please everything
        """
    )
)
OPENING = FUNCTION | REPORTING | _OPENERS
