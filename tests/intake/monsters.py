"""Pages that want to keep a reader busy for minutes, by the place that was slow. All in our own words."""

HEAD = "<html lang=fa><head><title>خبر</title></head><body>"
SENTENCE = "شهردار گفت که کتاب‌خانهٔ تازه از امروز ساخته می‌شود و دو سال طول می‌کشد. "
STORY = f"<h1>خبر</h1><div class='entry-content'>{f'<p>{SENTENCE * 2}</p>' * 4}</div>"
JSON = '<script type="application/ld+json">'


def _attributes(value: str) -> str:
    return " ".join(f"a{at}={value}" for at in range(100_000))


PAGES = {
    # libxml2 compares each attribute of a tag with all before it
    "attributes": f"{HEAD}<div {_attributes('x')}>{STORY}",
    "attributes with signs": f"{HEAD}<div {_attributes(chr(39) + '<' + chr(39))}></div>{STORY}",
    "attributes with ends": f"{HEAD}<div {_attributes(chr(39) + '>' + chr(39))}></div>{STORY}",
    "attributes of the body": f"<html><body {_attributes('1')}>{STORY}",
    "one attribute": f"{HEAD}<div class='{'x y ' * 250_000}' style='{'background:url(' * 70_000}'>{STORY}",
    # newspaper4k asks each of some two hundred questions of every element
    "cells": f"{HEAD}<table><tr>{'<td>سلام بر شما' * 30_000}</table>{STORY}",
    "links": HEAD + "".join(f"<p><a href='/{at}'>خبری که پیوند است {at}</a></p>" for at in range(12_000)) + STORY,
    "dates for machines": f"<html><head>{'<meta name=date content=1405/08/30>' * 30_000}</head><body>{STORY}",
    # what is named and nested is read again for each level
    "headings in headings": f"{HEAD}{'<h1 class=title>' * 200}{'<a href=/>y</a>' * 30_000}{STORY}",
    "writers in writers": f"{HEAD}{'<div class=author>' * 200}{'<a href=/author/x class=name>y</a>' * 30_000}{STORY}",
    "ledes in ledes": f"{HEAD}<h1>خبر</h1>{'<div class=lead>' * 200}{'x ' * 30_000}{STORY}",
    "days in days": f"{HEAD}<h1>خبر</h1>{'<div class=date>' * 200}{'1405/ ' * 30_000}{STORY}",
    "kickers in kickers": f"{HEAD}{'<div class=rutitr>' * 200}{'<i>x</i>' * 30_000}{STORY}",
    "pictures": f"{HEAD}{'<div class=a>' * 200}{'<img src=/a.jpg>' * 30_000}{STORY}",
    "tags in tags": f"{HEAD}{'<div class=tags>' * 200}{'<a rel=tag href=/tag/x>برچسب</a>' * 12_000}{STORY}",
    # candidates are compared with each other
    "headings": HEAD + "".join(f"<h1>خبر شماره {at} از امروز صبح</h1>" for at in range(30_000)) + STORY,
    "titles for machines": "".join(f"<meta property='og:title' content='سلام بر همه جهان {at}'>" for at in range(30_000)) + STORY,
    "keywords": f"<meta name=keywords content='{','.join(f'واژه{at}' for at in range(200_000))}'>{STORY}",
    "json": f'{HEAD}{JSON}{'[' * 390_000}</script>{JSON}{{"a":1,{' ' * 390_000}</script>{STORY}',
    "json of signs": f'{HEAD}{JSON}{{"@type":"NewsArticle","headline":"x","articleBody":"{"<" * 390_000}"}}</script>{STORY}',
    # never closed
    "tags": f"{HEAD}{'<div>' * 100_000}{STORY}",
    "tables in tables": f"{HEAD}{'<table><tr><td>' * 40_000}{STORY}",
    "comments": f"{HEAD}{STORY}{'<!--' * 700_000}",
    "signs": f"{HEAD}{STORY}{'<a ' * 1_000_000}",
    "quotes": f"{HEAD}{STORY}" + "<a b=\"<a b='" * 300_000,
    "entities": f"{HEAD}<p>{'&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' * 70_000}</p>{STORY}",
    "a bomb of entities": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10_000 + f'">]><html><body>{"&b;" * 10_000}{STORY}',
}  # fmt: skip
