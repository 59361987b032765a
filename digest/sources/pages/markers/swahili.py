"""What Swahili pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

SWAHILI = Markers(
    comments=phrases(
        r"""
        (?:andika|acha|toa|weka|ongeza) (?:maoni|jibu|maoni yako|jibu lako)(?: .{0,30})?
        (?:soma |tazama |ona )?maoni(?: \d+| yote| ya wasomaji| yako)?
        (?:hakuna|\d+) maoni(?: .{0,60})?
        (?:jiunge na mjadala|una maoni gani|toa maoni yako hapa)
        barua pepe yako haitachapishwa.*
        maoni yako yatachapishwa.*
        maoni yamefungwa.*
        (?:ingia|jisajili) ili (?:kutoa maoni|kuchangia).*
        kuwa wa kwanza kutoa maoni.*
        """
    ),
    related=phrases(
        r"""
        (?:habari|makala|taarifa|mada|hadithi) (?:zinazohusiana|zinazofanana|nyingine|zaidi|zinazohusika)
        (?:habari|makala|taarifa|mada|hadithi) (?:zinazosomwa zaidi|maarufu|mpya|za hivi karibuni)
        (?:soma|tazama|angalia) (?:pia|zaidi|hii pia)(?: .{0,160})?
        unaweza pia (?:kupenda|kusoma).{0,60}
        (?:zilizosomwa zaidi|zinazovuma|zinazopendwa|habari kuu)
        """
    ),
    lines=phrases(
        r"""
        (?:makala|habari) (?:iliyotangulia|inayofuata).{0,120}
        (?:mada|lebo)(?: .{1,120})?
        (?:tangazo|matangazo|imedhaminiwa)(?: .{0,40})?
        (?:endelea kusoma|soma zaidi|soma habari kamili|soma makala kamili)(?: .{0,120})?
        (?:dakika \d{1,3}(?: za kusoma)?|muda wa kusoma .{1,20})
        (?:picha|chanzo cha picha|maelezo ya picha)(?: .{1,60})?
        (?:imechapishwa|ilichapishwa|imesasishwa|imehaririwa)(?: mnamo| saa)? .{0,40}\d.{0,40}
        sikiliza (?:makala|habari) hii|rudi juu|nakili kiungo
        """
    ),
    sentences=phrases(
        r"""
        (?:tufuate|tufuatilie|ungana nasi) (?:kwenye|katika|kupitia) .{2,80}
        (?:jiandikishe|jisajili|jiunge).{0,100}
        """
    ),
    shares=words(
        """
        shiriki sambaza tuma chapisha hifadhi penda fuata nakili kiungo habari hii makala kwenye
        kwa barua pepe na mtandao
        """
    ),
    bylines=phrases(
        r"""
        na
        imeandikwa na
        mwandishi
        na mwandishi(?: wetu)?
        """
    ),
    cookies=phrases(
        r"""
        (?:tunatumia|tovuti hii inatumia|tovuti yetu inatumia).{0,60}(?:cookies|vidakuzi|kuki)
        (?:kubali|kataa) (?:cookies|vidakuzi|kuki)(?: zote| vyote)?
        sera ya (?:cookies|vidakuzi|kuki)
        """
    ),
    about=phrases(
        r"""
        ^(?:endelea|baki) (?:kufuatilia|kupata habari|kuwa nasi)
        (?:jukwaa|tovuti|dhamira|timu|waandishi|wasomaji) (?:letu|yetu|wetu)
        haki zote zimehifadhiwa
        ^(?:jiandikishe|jisajili|jiunge nasi)
        (?:tufuate|wasiliana nasi|tuunge mkono|ungana nasi)
        ^kuhusu sisi
        """
    ),
    about_traits=phrases(
        r"""
        (?:inatoa|hutoa|inakuletea|hukuletea|huchapisha) (?:habari|taarifa)
        habari (?:za kila siku|za kuaminika|mpya|za uhakika|motomoto|zilizothibitishwa)
        (?:jiandikishe|jisajili|jiunge nasi)
        """
    ),
    about_facts=phrases(
        r"""
        (?:ilianzishwa|tangu) (?:mwaka )?(?:19|20)\d\d
        ni (?:gazeti|tovuti|jukwaa|shirika|chombo) (?:la|ya|cha) .{0,30}habari
        """
    ),
    about_headings=phrases(
        r"""
        kuhusu (?:sisi|mwandishi|tovuti hii)
        sisi ni nani
        dhamira yetu
        wasiliana nasi
        tufuate.{0,40}
        jarida.{0,40}
        """
    ),
)
