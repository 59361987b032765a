"""What English pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

ENGLISH = Markers(
    comments=phrases(
        r"""
        (?:write|leave|post) (?:a|your|an?other) (?:public )?(?:comment|reply)(?: below| here| now)?
        (?:write|leave|post) (?:a|your|an?other) (?:public )?response(?: below| here| now)?
        (?:add|make|submit) (?:a|your|an?other) (?:public )?(?:comment|reply|response)(?: below| here| now)?
        (?:leave|post|write) (?:a )?(?:comment|reply)(?: cancel reply)?
        (?:view |show |read )?(?:all |more )?(?:\d+ )?(?:reader )?comments?(?: \d+| so far| closed| below)?
        (?:see |hide |load )?(?:all |more )?(?:\d+ )?(?:reader )?comments?(?: \d+| so far| closed| below)?
        (?:no|\d+) (?:comments?|responses?|replies|thoughts?)(?: yet| so far| (?:on|to) .{1,200})?
        join the (?:conversation|discussion)
        (?:have your say|what do you think|share your thoughts)(?: below| in the comments.*)?
        tell us what you think(?: below| in the comments.*)?
        comments are (?:closed|disabled|moderated|off).*
        (?:log|sign) in to (?:leave a )?(?:comment|reply).*
        your email address will not be published.*
        you(?:r)? comment will be published.*
        be the first to comment.*
        """
    ),
    related=phrases(
        r"""
        (?:related|similar|recommended|suggested) (?:articles?|stories|posts?)(?: for you)?
        (?:related|similar|recommended|suggested) (?:news|reading|content)(?: for you)?
        (?:popular|trending|more) (?:articles?|stories|posts?|news|reading|content)(?: for you)?
        (?:related|similar|recommended|suggested) (?:topics?|coverage|links?|videos?)(?: for you)?
        (?:popular|trending|more) (?:topics?|coverage|links?|videos?)(?: for you)?
        related
        (?:you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|you may have missed)(?: this| these)?
        (?:read|see|watch)(?: more)? (?:next|also|this next)
        (?:more|latest|other news|other stories) (?:from|in|on|by|about) .{1,60}
        (?:more (?:like this|from us)|most (?:read|popular|viewed|shared)|top stories|trending(?: now)?)
        (?:latest news|editors? picks?|don t miss|what to read next|up next|next up|in case you missed it)
        (?:promoted|sponsored) (?:content|stories|links)(?: by .{1,30})?
        from (?:around|across|elsewhere on) the (?:web|network|site)
        explore more(?: on these topics)?
        """
    ),
    lines=phrases(
        r"""
        (?:previous|next) (?:article|post|story).{0,120}
        (?:filed under|tagged(?: with)?|tags|topics|categories)(?: .{1,120})?
        (?:continue|keep) reading(?: .{1,120})?
        read (?:more|the full (?:story|article)|full article|on)(?: here| at .{1,40})?
        (?:read|see|watch|listen)(?: also| more| next| related)? (?:also|here|more) .{0,120}
        also read .{1,160}|recommended reading .{1,160}
        (?:estimated )?(?:reading time )?(?:about )?\d{1,3} ?(?:min(?:ute)?s?)(?: read)?(?: time)?
        reading time \d{1,3} min(?:ute)?s?
        (?:image|photo|picture) (?:source|credits?|caption|copyright)(?: .{1,80})?|getty images
        (?:last )?(?:updated|modified|published|posted)(?: on| at)? .{0,40}\d.{0,40}
        (?:skip|jump) to (?:main )?(?:content|comments)|back to (?:top|home|homepage)|table of contents
        print this (?:page|article)|listen to this article.{0,40}
        copy(?: link| url)?(?: to clipboard)?|link copied|download (?:the|our) app.{0,60}|loading
        view (?:the )?(?:gallery|slideshow|original).{0,40}
        """
    ),
    sentences=phrases(
        r"""
        (?:like )?loading|like this
        (?:like|follow|find|join) us on .{2,80}
        follow .{2,40} on (?:twitter|facebook|instagram|x|linkedin|telegram|whatsapp|google news).{0,60}
        advertisements?(?: \d+)?|ad|sponsored|promoted|story continues below(?: advertisement)?
        article continues (?:below|after) .{2,30}
        (?:if you (?:like|enjoy)(?:ed)? (?:this|our) (?:article|story|content).{0,160})
        (?:get|have) .{0,60} (?:delivered |sent )?(?:straight |right )?(?:to|in) your inbox.{0,60}
        (?:get|have) .{0,60} (?:delivered |sent )?(?:direct(?:ly)? )?(?:to|in) your inbox.{0,60}
        sign up(?: (?:now|today|here|free))?(?: (?:to|for) (?:our|the|my) .{0,60}newsletters?.{0,60})?
        subscribe(?: (?:now|today|here|free))?(?: (?:to|for) (?:our|the|my) .{0,60}newsletters?.{0,60})?
        (?:click|tap) (?:here )?to (?:share|tweet|print|email|enlarge|subscribe|sign up|play|expand).{0,80}
        (?:this|the) (?:article|post) (?:was )?originally (?:appeared|published) (?:on|in|at) .{1,120}
        (?:this|the) (?:article|post) (?:was )?first (?:appeared|published) (?:on|in|at) .{1,120}
        (?:this|the) (?:story|piece) (?:was )?originally (?:appeared|published) (?:on|in|at) .{1,120}
        (?:this|the) (?:story|piece) (?:was )?first (?:appeared|published) (?:on|in|at) .{1,120}
        (?:this|the) (?:article|post) (?:was )?(?:originally |first )posted (?:on|in|at) .{1,120}
        (?:this|the) (?:story|piece) (?:was )?(?:originally |first )posted (?:on|in|at) .{1,120}
        the post .{1,300} (?:appeared first|first appeared) on .{1,120}
        """
    ),
    shares=words(
        """
        share shares tweet like likes pin email print save bookmark follow send facebook twitter x
        linkedin whatsapp telegram pinterest reddit tumblr instagram messenger viber line threads
        bluesky mastodon flipboard pocket copy link url sms mail on via this article story post
        page with friends and or more to by a the it us now buttons icon google plus youtube
        tiktok rss
        """
    ),
    bylines=phrases(
        r"""
        by
        written by
        words by
        reported by
        reporting by
        posted by
        author
        story by
        """
    ),
    cookies=phrases(
        r"""
        (?:we|this (?:web )?site|our (?:web )?site) (?:use|uses|may use|store|process).{0,60}cookies
        us and our partners (?:use|uses|may use|store|process).{0,60}cookies
        we and our (?:\d+ )?partners (?:use|uses|may use|store|process).{0,60}cookies
        (?:accept|reject|manage|allow) (?:all )?(?:the )?cookies
        by (?:continuing to|clicking|using) .{1,80}(?:cookies|privacy policy|terms)
        cookie (?:policy|settings|preferences|notice|consent)
        """
    ),
    about=phrases(
        r"""
        ^(?:and |so )?stay (?:informed|tuned|updated|connected|up to date)
        ^tune in
        our (?:platform|mission|team|journalists|reporters|newsroom|website|readers|editors)
        ^(?:please )?(?:sign up|subscribe|register) (?:to|for|today|now|here)
        (?:follow|like|find|join|contact|reach|email|support) us
        all rights reserved
        copyright(?: ©)? \d{4}
        your (?:number one|one stop|go to|trusted) (?:source|destination|platform)
        to your inbox|in your inbox
        ^download (?:our|the) app|download our app
        ^(?:please )?(?:support|fund|donate to|become a member of) (?:our|independent|quality|the|us)
        ^become a supporter of (?:our|independent|quality|the|us)
        (?:about|contact) us|who we are
        """
    ),
    about_traits=phrases(
        r"""
        (?:provides?|brings?|delivers?|offers?|publishes) (?:you )?(?:the )?(?:daily|latest|breaking|timely)
        (?:provides?|brings?|delivers?|offers?|publishes) (?:you )?(?:the )?(?:up to date|comprehensive)
        (?:provides?|brings?|delivers?) (?:you )?(?:the )?(?:accurate|in depth|independent|quality|trusted)
        (?:offers?|publishes) (?:you )?(?:the )?(?:accurate|in depth|independent|quality|trusted)
        (?:daily|latest|breaking|timely and accurate) (?:news )?(?:updates|news(?: delivery| coverage)?)
        accurate (?:news )?(?:updates|news(?: delivery| coverage)?)
        dedicated (?:reporters|team|journalists)
        (?:leading|trusted|premier|number one) (?:source|provider|news|online|publisher)
        (?:independent|award winning) (?:source|provider|news|online|publisher)
        (?:leading|trusted|premier|number one|independent|award winning) (?:publication|platform|media)
        (?:number one|one stop|go to|trusted) (?:source|destination|platform)
        comprehensive (?:reports?|coverage)
        exclusive stories
        impactful journalism
        stay (?:informed|tuned|updated|connected|up to date)
        (?:sign up|subscribe|register) (?:to|for|today|now|here)
        (?:terms of (?:use|service)|privacy policy)
        """
    ),
    about_facts=phrases(
        r"""
        (?:founded|established) in \d{4}|since (?:19|20)\d\d
        (?:is|are) (?:a|an|the) .{0,60}news (?:site|website|platform|outlet|agency|organi[sz]ation)
        (?:is|are) (?:a|an|the) .{0,60}(?:newspaper|media (?:house|company|outlet|organi[sz]ation))
        """
    ),
    about_headings=phrases(
        r"""
        about(?: us| the author| the authors| this site| this article| the publisher)?
        who we are
        our (?:mission|story)
        contact(?: us)?
        follow us.{0,40}
        newsletter(?:s| signup| sign up)?
        subscribe.{0,40}
        stay connected
        """
    ),
)
