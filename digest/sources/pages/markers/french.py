"""What French pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

FRENCH = Markers(
    comments=phrases(
        r"""
        (?:laisse[rz]?|écri(?:re|vez)) (?:un|votre|une|mon) (?:commentaire|réponse)(?: annuler la réponse)?
        ajoute[rz]? (?:un|votre|une|mon) (?:commentaire|réponse)(?: annuler la réponse)?
        (?:poste[rz]?|publier) (?:un|votre|une|mon) (?:commentaire|réponse)(?: annuler la réponse)?
        (?:voir (?:tous )?les |lire les |les )?(?:\d+ )?commentaires?(?: \d+)?
        (?:aucun|pas de|\d+) (?:commentaires?|réactions?|réponses?)(?: (?:pour le moment|sur|à) .{0,200})?
        réagir(?: à cet article)?
        réagissez.{0,60}
        votre adresse (?:e mail|de messagerie|email) ne sera pas publiée.*
        votre commentaire sera publié.*
        les commentaires sont fermés.*
        connectez vous pour (?:commenter|réagir).*
        soyez le premier à (?:commenter|réagir).*
        """
    ),
    related=phrases(
        r"""
        (?:articles?|sujets?|contenus?|lectures?|vidéos?) (?:similaires?|connexes?|liés?|associés?)
        (?:articles?|sujets?|contenus?|lectures?|vidéos?) (?:recommandée?s?|suggérés?)
        (?:à|a) lire (?:aussi|également|ensuite)(?: .{0,160})?
        (?:lire|voir) (?:aussi|également)(?: .{0,160})?
        sur le même (?:sujet|thème)
        (?:vous (?:aimerez|pourriez|devriez) aussi.{0,40}|cela pourrait vous intéresser)
        ça peut vous intéresser
        les plus (?:lus|lues|populaires|consultés|partagés)
        (?:plus|davantage) (?:d articles|d actualités|d infos).{0,60}
        nos (?:derniers articles|recommandations|sélections?)
        dans la même (?:rubrique|catégorie)
        pour aller plus loin
        """
    ),
    lines=phrases(
        r"""
        (?:article|post) (?:précédent|suivant).{0,120}
        (?:mots clés|étiquettes|thèmes|tags)(?: .{1,120})?
        (?:lire la suite|continuer la lecture|en savoir plus|lire l article(?: complet)?)(?: .{0,120})?
        (?:temps de lecture )?(?:environ )?\d{1,3} ?min(?:utes?)?(?: de lecture)?
        temps de lecture \d{1,3} ?min(?:utes?)?
        (?:crédits? )?photos? (?:©|de|crédit).{0,80}|crédit .{1,60}
        (?:suivez|rejoignez|retrouvez) nous sur .{2,80}
        (?:publié|mis à jour|modifié|posté)(?: le| à)? .{0,40}\d.{0,40}
        écouter (?:cet|l) article|haut de page|retour (?:en haut|à l accueil)|copier le lien
        """
    ),
    sentences=phrases(
        r"""
        (?:recevez|retrouvez) .{0,80}(?:newsletter|boîte mail|par (?:e )?mail).{0,60}
        (?:inscrivez|abonnez) vous.{0,100}
        publicité|annonce|contenu sponsorisé|la suite après (?:la|cette) publicité
        (?:l )?article continue (?:après|sous) .{2,30}
        cet article est apparu en premier sur .{1,120}
        l article .{1,300} est apparu en premier sur .{1,120}
        """
    ),
    shares=words(
        """
        partager partagez partage cet article sur par imprimer envoyer enregistrer courriel e mail
        suivre copier le lien j aime réagir tweeter aimer
        """
    ),
    bylines=phrases(
        r"""
        par
        propos recueillis par
        écrit par
        publié par
        rédigé par
        de notre correspondante?
        """
    ),
    cookies=phrases(
        r"""
        (?:nous|ce site|notre site|nos partenaires) utilis(?:ons|e|ent).{0,60}cookies
        (?:accepter|refuser|gérer|paramétrer) (?:tous )?(?:les |mes )?cookies
        en (?:continuant|poursuivant|cliquant) .{1,80}cookies
        politique (?:de|relative aux) cookies
        """
    ),
    about=phrases(
        r"""
        ^(?:restez|soyez) (?:informée?s?|connectée?s?|à l écoute)
        notre (?:plateforme|mission|rédaction|équipe|site|média)
        nos (?:journalistes|reporters|lecteurs|équipes)
        tous droits réservés
        ^(?:abonnez|inscrivez) vous
        (?:suivez|contactez|rejoignez|soutenez) nous
        qui sommes nous|à propos de nous
        """
    ),
    about_traits=phrases(
        r"""
        (?:toute )?l (?:actualité|info(?:rmation)?) (?:en continu|quotidienne|en temps réel|du jour)
        (?:propose|offre|fournit|publie|diffuse) (?:chaque jour|quotidiennement)
        (?:propose|offre|fournit|publie|diffuse) des (?:informations|actualités|reportages|nouvelles)
        (?:propose|offre|fournit|publie|diffuse) l actualité
        (?:informations|nouvelles) (?:fiables|vérifiées|quotidiennes)
        (?:restez|soyez) (?:informée?s?|connectée?s?|à l écoute)
        (?:abonnez|inscrivez) vous
        mentions légales
        """
    ),
    about_facts=phrases(
        r"""
        (?:fondé|créé)e? en \d{4}|depuis (?:19|20)\d\d
        est (?:un|une|le|la) .{0,60}(?:site d information|journal|média|quotidien|agence de presse)
        """
    ),
    about_headings=phrases(
        r"""
        (?:à|a) propos(?: de nous| de l auteur| de l auteure| des auteurs)?
        qui sommes nous
        notre mission
        (?:nous )?(?:contact(?:er|ez nous)?|suivre)
        suivez nous.{0,40}
        newsletter|lettre d information
        abonnez vous.{0,40}
        """
    ),
)
