"""What German pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

GERMAN = Markers(
    comments=phrases(
        r"""
        (?:schreib|hinterlass|verfass)(?:e|en|en sie)? (?:einen?|ihren|deinen|eine) (?:kommentar|antwort)
        (?:einen?|ihren|deinen|ein|eine) (?:kommentar|antwort) (?:schreiben|hinterlassen|verfassen|abgeben)
        antwort abbrechen|ihr kommentar|dein kommentar
        kommentar (?:schreiben|hinterlassen|verfassen|abgeben|absenden)
        (?:alle |zu den |die )?(?:\d+ )?(?:leser)?kommentare?(?: \d+| anzeigen| lesen| ansehen)?
        (?:alle |zu den |die )?(?:\d+ )?(?:leser)?kommentare?(?: geschlossen)?
        (?:keine|noch keine|\d+) (?:kommentare?|antworten)(?: .{0,200})?
        (?:diskutieren sie mit|jetzt mitdiskutieren|mitreden)(?: .{0,60})?
        (?:ihre meinung|diskussion|was meinen sie)(?: .{0,60})?
        (?:deine|ihre) e ?mail ?adresse wird nicht veröffentlicht.*
        (?:dein|ihr) kommentar wird .{0,60}veröffentlicht.*
        (?:melden sie sich an|bitte anmelden) um .{0,30}kommentieren.*
        die kommentarfunktion .{0,80}
        """
    ),
    related=phrases(
        r"""
        (?:ähnliche|verwandte|weitere|mehr) (?:artikel|beiträge|themen|meldungen)(?: .{0,60})?
        (?:passende|empfohlene|andere) (?:artikel|beiträge|themen|meldungen)(?: .{0,60})?
        (?:ähnliche|verwandte|weitere|mehr) (?:nachrichten|inhalte|texte)(?: .{0,60})?
        (?:passende|empfohlene|andere) (?:nachrichten|inhalte|texte)(?: .{0,60})?
        das könnte (?:sie|dich|euch) (?:auch |ebenfalls )?(?:noch )?interessieren(?: .{0,160})?
        (?:auch interessant|lesen sie (?:auch|mehr|weiter|dazu))(?: .{0,160})?
        (?:mehr (?:zum thema|dazu|aus .{1,40}|von .{1,40})|zum thema|lesetipps?|siehe auch)(?: .{0,160})?
        (?:meistgelesen|am meisten gelesen|meist gelesene? .{0,30}|beliebteste .{1,30})
        (?:top themen|neueste .{1,30}|unsere empfehlungen)
        """
    ),
    lines=phrases(
        r"""
        (?:vorheriger|nächster) (?:artikel|beitrag).{0,120}
        (?:schlagwörter|stichwörter|schlagworte|themen|tags)(?: .{1,120})?
        anzeige|werbung|gesponsert|(?:der )?artikel (?:wird )?(?:unterhalb|nach) .{2,40}
        (?:weiterlesen|mehr lesen|jetzt lesen|zum (?:ganzen )?artikel)(?: .{0,120})?
        den (?:ganzen|vollständigen) artikel lesen(?: .{0,120})?
        (?:lesezeit|lesedauer)(?: ca| etwa)? \d{1,3} ?(?:min(?:uten?)?)|\d{1,3} min(?:uten?)? lesezeit
        (?:foto|bild|quelle|bildquelle|fotocredit)s? .{1,60}
        (?:abonnieren|jetzt abonnieren|newsletter abonnieren).{0,100}
        (?:veröffentlicht|aktualisiert|stand|zuletzt aktualisiert)(?: am| um)? .{0,40}\d.{0,40}
        artikel (?:anhören|vorlesen|drucken|teilen|merken)|nach oben|zur startseite|link kopieren
        """
    ),
    sentences=phrases(
        r"""
        (?:folgen sie|folge|folgt) uns (?:auf|bei) .{2,80}
        (?:der )?beitrag .{1,300} erschien zuerst auf .{1,120}
        """
    ),
    shares=words(
        """
        teilen teile artikel auf per drucken merken senden speichern mailen kopieren folgen
        weiterleiten gefällt mir diesen beitrag twittern whatsapp versenden
        """
    ),
    bylines=phrases(
        r"""
        von
        ein (?:bericht|kommentar|gastbeitrag|artikel) von
        geschrieben von
        """
    ),
    cookies=phrases(
        r"""
        (?:wir|diese (?:web)?seite) (?:und unsere partner )?(?:verwenden|verwendet|nutzen).{0,60}cookies
        unsere (?:web)?seite (?:und unsere partner )?(?:verwenden|verwendet|nutzen).{0,60}cookies
        (?:wir|diese (?:web)?seite) (?:und unsere partner )?(?:nutzt|setzen|benutzt).{0,60}cookies
        unsere (?:web)?seite (?:und unsere partner )?(?:nutzt|setzen|benutzt).{0,60}cookies
        diese website (?:und unsere partner )?(?:verwenden|verwendet|nutzen).{0,60}cookies
        unsere website (?:und unsere partner )?(?:verwenden|verwendet|nutzen).{0,60}cookies
        (?:diese website|unsere website) (?:und unsere partner )?(?:nutzt|setzen|benutzt).{0,60}cookies
        (?:alle )?cookies (?:akzeptieren|ablehnen|verwalten|zulassen)
        (?:cookie (?:richtlinie|einstellungen|hinweis)|cookieeinstellungen)
        """
    ),
    about=phrases(
        r"""
        ^(?:bleiben sie|bleib) (?:informiert|auf dem laufenden|dran)
        (?:unsere|unser|unserer|unserem) (?:plattform|redaktion|mission|team)
        (?:unsere|unser|unserer|unserem) (?:website|angebot|leser|newsletter)
        alle rechte vorbehalten
        ^(?:abonnieren sie|jetzt abonnieren|melden sie sich an)
        (?:folgen|kontaktieren|unterstützen|schreiben) sie uns
        ^(?:impressum|über uns)
        """
    ),
    about_traits=phrases(
        r"""
        (?:täglich|rund um die uhr|tagesaktuell).{0,40}(?:nachrichten|news|berichte)
        (?:täglich|rund um die uhr|tagesaktuell).{0,40}(?:informationen|informiert)
        (?:liefert|bietet|berichtet|veröffentlicht) (?:ihnen )?(?:täglich|aktuelle|umfassende)
        (?:liefert|bietet|berichtet|veröffentlicht) (?:ihnen )?(?:über|die neuesten)
        informiert (?:ihnen )?(?:täglich|aktuelle|umfassende|über|die neuesten)
        (?:bleiben sie|bleib) (?:informiert|auf dem laufenden|dran)
        (?:impressum|datenschutz|über uns)
        """
    ),
    about_facts=phrases(
        r"""
        gegründet (?:im jahr )?\d{4}|seit (?:19|20)\d\d
        ist (?:eine?|das|die|der) .{0,60}(?:nachrichtenportal|zeitung|nachrichtenseite)
        ist (?:eine?|das|die|der) .{0,60}(?:medium|nachrichtenagentur|onlinemagazin)
        """
    ),
    about_headings=phrases(
        r"""
        über (?:uns|den autor|die autorin|die autoren)
        zur person
        wer wir sind
        kontakt
        folgen sie uns.{0,40}
        newsletter.{0,40}
        impressum
        """
    ),
)
