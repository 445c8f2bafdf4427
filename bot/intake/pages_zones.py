"""What is round a story on its page, by the names that sites give their parts. Knows no text."""

from bot.intake.pages_tree import UNSEEN, Node, tag, words_of

_LAID_OUT = frozenset(("html", "body", "main", "article", "h1"))
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "dialog"))
_FURNITURE = frozenset(
    "nav navbar navigation menu submenu sidebar sidebars breadcrumb breadcrumbs footer foot comment "
    "comments disqus "
    "respond share sharing sharer sharedaddy social socials socialmedia addtoany addthis mostread mostviewed "
    "mostvisited popular trending latest recommended recommendation recommend suggested promo promoted "
    "advert "
    "adverts advertisement advertising ads adv ad banner banners sponsored taboola outbrain newsletter "
    "subscribe "
    "subscription cookie cookies consent gdpr toolbar toolbox tools rating ratings rate vote votes poll "
    "pager "
    "pagination paging login signin signup register modal popup popover tooltip print printable yarpp "
    "jp-relatedposts shortlink short-link shorturl copyright widget widgets ticker screen-reader-text "
    "sr-only "
    "visually-hidden skip skip-link announce weather prayer currency bio author-box author-bio "
    "about-author authorbox "
    "feedback report complaint hits counter qr qrcode survey".split()
)
_RELATED = frozenset(
    "related relateds related-posts related-items related-news relatednews related-post similar morenews "
    "read-more "
    "readmore readalso also-read see-also seealso moreabout inline-related in-read-more related-links".split()
)
_TAGS = frozenset(
    "tags tag-list taglist tags-links tagcloud keywords keyword tag-links post-tags article-tags "
    "news-tags item-tags "
    "tag-cloud topics hashtags labels field--name-field-tags tags_title tags_item entry-tags tag-box".split()
)
_BODY = frozenset(
    "articlebody item-text entry-content post-content article-body article-content article__body "
    "article__content "
    "story-body storybody story-content story__content story news-text newstext news-body newsbody "
    "news-content "
    "body-text bodytext nt-body postbody post-body post-text posttext field--name-body "
    "tgme_widget_message_text wsw "
    "content-body main-text maintext matn text-block article-text articletext td-post-content single-content "
    "single-post-content node-content body_content itemfulltext echo_detail news_body c-article__body "
    "rich-text "
    "richtext richtextarticlebody articlecontent entry-body e-content postcontent news-detail-body".split()
)
_HEAVY = 0.45
"""The share of the page's letters from which an element is a frame round the story, whatever its name."""


class Zones:
    """What each element of a page stands in: `furniture`, `related`, `tags`, or "" if it may be the story."""

    def __init__(self, root: Node) -> None:
        self._nodes = [
            node for node in root.iter() if isinstance(node.tag, str)
        ]  # kept: lxml makes them anew
        self._letters = self._counted()
        total = self._letters.get(root, 0)
        self._zones: dict[Node, str] = {}
        self._bodies: set[Node] = set()
        for node in self._nodes:
            if node.getparent() in self._bodies or is_body(node):
                self._bodies.add(node)
            inherited = self._zones.get(node.getparent(), "")
            framed = tag(node) in _LAID_OUT or self._letters[node] > total * _HEAVY
            self._zones[node] = inherited or ("" if framed else own_zone(node))

    def of(self, node: Node) -> str:
        return self._zones.get(node, "")

    def in_body(self, node: Node) -> bool:
        """Whether an element, or one round it, is called the story's text."""
        return node in self._bodies

    def letters(self, node: Node) -> int:
        """How many letters stand in an element."""
        return self._letters.get(node, 0)

    def _counted(self) -> dict[Node, int]:
        letters: dict[Node, int] = {}
        for node in reversed(self._nodes):
            inner = 0 if tag(node) in UNSEEN else len(node.text or "")
            inner += sum(letters.get(child, 0) + len(child.tail or "") for child in node)
            letters[node] = inner
        return letters


def own_zone(node: Node) -> str:
    """The same by an element's own name, whatever it stands in."""
    if tag(node) in _FURNITURE_TAGS:
        return "furniture"
    words = words_of(node)
    if words & _BODY:
        return ""
    if words & _TAGS and tag(node) != "a":
        return "tags"
    if words & _RELATED:
        return "related"
    return "furniture" if words & _FURNITURE else ""


def is_body(node: Node) -> bool:
    """Whether sites give this name to the story's text."""
    return bool(words_of(node) & _BODY)
