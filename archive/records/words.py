"""The words every room uses: ids, and the few values a field may take."""

from typing import Literal, NewType

# Ids are minted once and never recomputed.
SourceId = NewType("SourceId", str)
EntryId = NewType("EntryId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)
TopicId = NewType("TopicId", str)

Kind = Literal["feed", "listing", "sitemap"]
Lang = Literal["ko", "en", "other"]
Role = Literal["press", "lab", "research", "government", "funding", "community", "security"]
Rights = Literal["link", "excerpt", "full"]
Reserved = Literal["", "noarchive", "nosnippet"]  # what a page's directives to robots keep back
PageState = Literal["", "same", "edited", "gone"]  # what has become of an article's page; "" = it was never read
Links = Literal["original", "internal", "none"]
Style = Literal["개조식", "원문"]  # 밝힘 or 밝혔다: how an issue ends the sentences it quotes
Section = Literal["tech", "industry", "policy", "public", "people"]
TrendClass = Literal["new", "rising", "steady", "fading", "weak", "unknown"]
Perspective = Literal["city", "technology", "talk"]
# Why a source gave nothing. The first group shuts us out, the second has no source any more.
Cause = Literal[
    "cloudflare", "firewall", "maintenance", "login", "robots", "refused", "busy",
    "gone", "missing", "nowhere",
    "unreachable", "slow", "server", "certificate", "page", "empty", "broken", "address", "redirects",
]  # fmt: skip
