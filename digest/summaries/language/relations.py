"""Small words that tell who does what to whom, and whether it is so at all; of many languages together."""

from __future__ import annotations

from digest.summaries.language.limits import LIMITS
from digest.summaries.language.limits_elsewhere import LIMITS_ELSEWHERE

_PREPOSITIONS = """
by from to for with without against of in on at into onto over under after before since until during
between
unlike besides contrary
among than about through via behind toward towards via
von vom durch anders statt gegen für mit ohne nach vor seit
bis aus bei zu zum zur über unter zwischen wegen trotz um
an am auf im
den dem des einen einem eines einer ihm ihn ihnen
par pour avec sans contre de du des vers chez depuis avant après entre sous sur dans à au aux
por para con sin contra desde hasta hacia entre sobre tras ante según a al del
com sem até sob após ao à pelo pela do da dos das
da dal dalla dai di del della dei per con senza contro tra fra su sul sulla a al alla
door van voor met zonder tegen naar uit bij onder tussen aan
av från till för med utan mot efter före sedan hos genom
"""
_PLACES_AND_TIMES = """
in on at after before during since until nach vor seit bei im am après avant depuis dans à en desde tras
antes durante em após na no dopo prima nel op sinds efter före i på
"""
_AUXILIARIES = """
be is are was were been being am wird wurde wurden werden worden ist sind war waren est sont était
étaient été
fut furent es son fue fueron sido está foi foram era eram è sono stato stata stati wordt werd werden
blev blir
"""
_BINDING = """
not no never none nobody nothing neither nor without unless except only hardly barely if whether may
might could
would should must alleged allegedly reportedly suspected presumed denied denies cannot can't won't
didn't doesn't
isn't wasn't aren't weren't hasn't haven't hadn't wouldn't couldn't shouldn't don't nearly almost
nicht kein keine keinen keinem keiner nie niemals nur ohne falls ob könnte würde soll sollen angeblich
mutmaßlich kaum
ne pas jamais aucun aucune sans si peut pourrait aurait serait présumé prétendu seulement
no nunca jamás ningún ninguna sin solo sólo podría habría sería presunto presunta supuesto tampoco
não nunca sem só apenas poderia teria seria suposto suposta
non mai senza solo potrebbe avrebbe sarebbe presunto nessuno
niet geen nooit zonder alleen zou kan vermeend
inte aldrig ingen utan bara skulle kan misstänkt
не ни никогда без только если бы может якобы
si sio hapana bila tu huenda labda kamwe
لا لم لن ليس غير دون فقط ربما قد
değil yok asla sadece ancak tidak bukan hanya tanpa belum नहीं बिना केवल
"""
_TIMES = """
monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january february march
april
may june july august september october november december montag dienstag mittwoch donnerstag freitag
samstag
sonntag heute gestern lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
viernes
sábado domingo hoy ayer segunda-feira hoje ontem lunedì martedì mercoledì giovedì venerdì sabato
domenica oggi
"""
_RELATIVES = """
that who which whose whom qui que dont lequel quien cuyo cual quem cujo che cui dat wat som joka jotka
który która które který która který яка який яке который которая которые yang ambaye ambayo ambao الذي
التي जो जिसने
"""

_PARTITIVES = "of von der unter de des di dei delle dos das los les van av af из z kati ihrer seiner"
PARTITIVES = frozenset(_PARTITIVES.split())
"""Words between a part and its number (`three of the ten sailors`)."""
RELATIVES = frozenset(_RELATIVES.split())
"""Words that begin a clause about the one before: what stands in it is done by that one."""
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
"""With the articles that tell a case in German: they say who does it and to whom it is done."""
OF_PLACE_AND_TIME = frozenset(_PLACES_AND_TIMES.split())
AUXILIARIES = frozenset(_AUXILIARIES.split())
"""Forms that turn a doer into a sufferer."""
BINDING = frozenset(_BINDING.split()) | LIMITS | LIMITS_ELSEWHERE
"""Words that deny, limit, hedge or condition what they stand with."""
TIMES = frozenset(_TIMES.split()) - BINDING
