"""Pages made into files: links lead within the copy, what needs the site is gone, words stay."""

from adapters.static_pages import static_page

PLACES = {"/contests/a/": "../index.html", "/static/css/site.css?v=1": "../css/site.css"}
PAGE = (
    '<!doctype html><html lang="zh"><head><script src="/x.js">if (a < b) go()</script>'
    '<link rel="stylesheet" href="/static/css/site.css?v=1">'
    '<link rel="stylesheet" href="/gone.css">'
    '</head><body class="p"><a class="skip" href="#main">跳</a>'
    '<header class="mast over"><header>内</header><a href="/">首页</a></header>'
    '<main id="main"><a href="/contests/a/" class="b">赛 &amp; 事</a> '
    '<a href="/craftsmen/">匠人</a>'
    '<a href="#part">段</a><img src="/media/x.webp" alt="">'
    '<svg class="i "><use href="/s.svg#x"/></svg>'
    '<svg viewBox="0 0 1 1"><rect width="1"/></svg><form method="post"><input name="q"></form>'
    '&#160;尾<br></main><footer class="foot"><p>脚</p></footer></body></html>'
)


def test_a_page_keeps_its_words_and_loses_the_site() -> None:
    text = static_page(PAGE, PLACES.get, "<p>副本</p>")

    assert text == (
        '<!doctype html><html lang="zh"><head><link rel="stylesheet" href="../css/site.css">'
        '</head><body class="p"><p>副本</p>'
        '<main id="main"><a href="../index.html" class="b">赛 &amp; 事</a> <a>匠人</a>'
        '<a href="#part">段</a><svg viewBox="0 0 1 1"><rect width="1"/></svg>'
        "&#160;尾<br></main></body></html>"
    )


def test_values_are_written_safely() -> None:
    text = static_page('<p title="&quot;&gt;&lt;b&gt;">x</p>', PLACES.get, "")

    assert text == '<p title="&quot;&gt;&lt;b&gt;">x</p>'
