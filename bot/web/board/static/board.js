// The week board: draws what the server sends, lets posts be dragged, and asks the server for everything it does.
"use strict";
(() => {
  const main = document.getElementById("board");
  const door = document.body.dataset;
  const fragment = new URLSearchParams(location.hash.slice(1));
  const init = fragment.get("tgWebAppData");
  const KEPT = "monadi-board";
  const UNDOS = 30;

  let session = null;  // only in a Mini App; a browser has a cookie that no script can read
  let view = { channel: 0, week: 0 };
  let chosen = null;  // the day that a narrow page shows
  let undos = [];
  let drawn = "";  // what the server has sent last
  let stale = false;  // something has changed while a post was in hand
  let hand = null;  // the post that is being moved, and what the server says of its places

  // ---- the server ------------------------------------------------------------------------------

  async function call(path, asked) {
    const headers = { "Content-Type": "application/json", "X-Monadi-Board": "1" };
    if (session) headers.Authorization = `Board ${session}`;
    const answer = await fetch(`board/${path}`, {
      method: "POST", headers, body: JSON.stringify(asked), credentials: "same-origin", cache: "no-store",
    });
    const told = await answer.json().catch(() => ({}));
    return { ...told, status: answer.status };
  }

  async function asking(path, asked) {
    main.setAttribute("aria-busy", "true");
    try {
      return await call(path, asked);
    } catch {
      return { done: false, lost: true };
    } finally {
      main.removeAttribute("aria-busy");
    }
  }

  function kept() {
    try {
      const there = JSON.parse(sessionStorage.getItem(KEPT) || "null");
      return there && (!init || there.init === init) ? there.session : null;
    } catch {
      return null;
    }
  }

  function keep(told) {
    session = told;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ init, session }));
    } catch { /* then a reload needs the bot again */ }
  }

  async function enter() {
    const link = fragment.get("link");
    if (link || init) history.replaceState(null, "", location.pathname + location.search);
    if (link) await asking("session", { link });
    else session = kept();  // of before a reload: what Telegram has signed opens it once
    if (init && !session) {
      const told = await asking("session", { init });
      if (told.session) keep(told.session);
    }
    await load();
    telegram("web_app_ready");
    telegram("web_app_expand");
    document.body.dataset.ready = "";
    if (main.querySelector(".sheet")) stayTuned();
  }

  function telegram(kind) {  // so that Telegram takes its own waiting picture away
    const proxy = window.TelegramWebviewProxy;
    if (proxy) proxy.postEvent(kind, "{}");
    else if (window.parent !== window) {
      window.parent.postMessage(JSON.stringify({ eventType: kind, eventData: {} }), "https://web.telegram.org");
    }
  }

  async function load() {
    const told = await asking("week", view);
    if (told.html) show(told.html);
    else refuse(told);
  }

  // ---- what others do --------------------------------------------------------------------------

  async function listen() {  // EventSource can't say whose session it is
    const headers = { "Content-Type": "application/json", "X-Monadi-Board": "1" };
    if (session) headers.Authorization = `Board ${session}`;
    const answer = await fetch("board/events", {
      method: "POST", headers, body: "{}", credentials: "same-origin", cache: "no-store",
    });
    if (answer.status === 401) return false;
    if (!answer.ok) throw new Error(String(answer.status));
    document.body.dataset.hears = "";
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      text += value;
      const events = text.split("\n\n");
      text = events.pop();
      if (events.some((each) => each.startsWith("event: over"))) {
        refuse({ status: 401 });
        return false;
      }
      if (events.some((each) => each.startsWith("event: changed"))) lookAgain();
    }
  }

  async function stayTuned() {
    for (let wait = 1; ; wait = Math.min(wait * 2, 60)) {
      const since = Date.now();
      try {
        if (!await listen()) return;
        if (Date.now() - since > 30000) wait = 1;
      } catch { /* away: what happened meanwhile is asked for once it is back */ }
      delete document.body.dataset.hears;
      await new Promise((go) => { setTimeout(go, wait * 1000); });
      if (main.querySelector(".sheet")) lookAgain();
    }
  }

  async function lookAgain() {
    if (hand || !main.querySelector(".sheet")) {
      stale = true;
      return;
    }
    stale = false;
    const told = await call("week", view).catch(() => ({}));
    if (told.status === 401) refuse(told);
    else if (hand) stale = true;
    else if (told.html && told.html !== drawn) show(told.html);
  }

  function refuse(told) {
    if (told.status === 401 || told.status === 403) {
      main.replaceChildren(paragraph(door.shutDoor));
    } else if (told.said) {
      if (!main.querySelector(".sheet")) main.replaceChildren(paragraph(told.said));
      else say(told.said, { bad: true });
    } else if (main.querySelector(".sheet")) {
      say(words().notReached, { bad: true, again: true });
    } else {
      const again = make("button", { type: "button", textContent: door.again, onclick: load });
      main.replaceChildren(paragraph(door.notReached), again);
    }
  }

  function paragraph(text) {
    const found = make("p", { className: "door", textContent: text });
    found.setAttribute("role", "status");
    return found;
  }

  // ---- the page --------------------------------------------------------------------------------

  const words = () => main.querySelector(".sheet").dataset;
  const make = (tag, about) => Object.assign(document.createElement(tag), about);
  const places = () => [...main.querySelectorAll(".place[data-key]")];
  const card = (id) => main.querySelector(`.card[data-post="${CSS.escape(String(id))}"]`);

  function show(html) {
    drawn = html;
    const focused = document.activeElement && document.activeElement.dataset.move;
    main.innerHTML = html;  // the server's own, every word of it escaped
    const sheet = main.querySelector(".sheet");
    document.documentElement.lang = sheet.lang;
    document.documentElement.dir = sheet.dir;
    view = { channel: Number(sheet.dataset.channel), week: Number(sheet.dataset.week) };
    const days = [...main.querySelectorAll(".day")];
    const there = days.find((day) => day.dataset.day === chosen);
    choose((there || main.querySelector(".day.today") || days[0]).dataset.day);
    main.querySelectorAll(".drop").forEach(sortable);
    if (focused) {
      const again = main.querySelector(`[data-move="${CSS.escape(focused)}"]`);
      if (again) again.focus();
    }
  }

  function choose(day) {
    chosen = day;
    main.querySelectorAll(".day").forEach((each) => each.classList.toggle("chosen", each.dataset.day === day));
    main.querySelectorAll(".tab").forEach((tab) => {
      tab.setAttribute("aria-pressed", String(tab.dataset.tab === day));
    });
  }

  const said = make("div", { id: "said" });
  said.setAttribute("role", "status");
  const why = make("div", { id: "why" });
  why.setAttribute("aria-hidden", "true");  // of the pointer; the menu says the same in words
  document.body.append(why, said);

  function say(text, { bad = false, undo = false, again = false } = {}) {
    said.className = bad ? "bad" : "good";
    said.replaceChildren(make("p", { textContent: text }));
    if (undo) said.append(make("button", { type: "button", textContent: words().undo, onclick: takeBack }));
    if (again) said.append(make("button", { type: "button", textContent: words().again, onclick: load }));
    const close = make("button", {
      type: "button", className: "plain", textContent: "✕", onclick: () => said.replaceChildren(),
    });
    close.setAttribute("aria-label", words().close);
    said.append(close);
  }

  function answered(told) {
    if (told.html) show(told.html);
    if (told.done) {
      const back = told.undo ? { entry: told.undo } : told.put ? { ...told.put, key: "cancel" } : null;
      if (back) undos = [...undos.slice(1 - UNDOS), back];
      say(told.said, { undo: Boolean(back) });
    } else if (told.said) {
      say(told.said, { bad: true });
    } else {
      refuse(told);
    }
  }

  async function drop(asked) {
    answered(await asking("drop", { ...asked, ...view }));
  }

  async function takeBack() {
    const back = undos.pop();
    if (back) answered(await asking(back.entry ? "undo" : "drop", { ...back, ...view }));
  }

  // ---- where a post may go -----------------------------------------------------------------------

  function take(id) {
    const there = card(id);
    const named = String(id).startsWith("s") ? { story: Number(id.slice(1)) } : { post: Number(id) };
    const one = { id: String(id), what: { ...named, seen: there.dataset.seen }, places: null };
    one.asked = call("places", { ...one.what, ...view }).then((told) => {
      one.places = told.places || {};
      if (hand === one) mark();
    }, () => { one.places = {}; });
    return one;
  }

  function mark() {
    for (const place of places()) {
      const may = hand && hand.places && hand.places[place.dataset.key];
      place.classList.toggle("no", Boolean(may && may.no));
      place.classList.toggle("ah", Boolean(may && may.ah));
    }
  }

  const verdict = (key) => (hand && hand.places && hand.places[key]) || { no: "", ah: "" };

  function wanted(place) {
    const there = place.querySelector(".card");
    const other = place.dataset.kind === "post" && there ? there.dataset.seen : "";
    return { ...hand.what, key: place.dataset.key, other_seen: other };
  }

  // ---- dragging ------------------------------------------------------------------------------------

  let over = null;
  let waiting = 0;

  function sortable(list) {
    // SortableJS carries the card, also under a finger; where it lands is found by ourselves, for a place that
    // is forbidden must not send it to the last one that was not.
    new Sortable(list, {
      group: "posts", sort: false, draggable: ".card.free", filter: "button", preventOnFilter: false,
      forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4, delay: 180, delayOnTouchOnly: true,
      touchStartThreshold: 6, scrollSensitivity: 60, fallbackClass: "in-hand", ghostClass: "left-behind",
      onMove: () => false,
      onStart: (event) => {
        hand = take(event.item.dataset.post);
        document.body.classList.add("dragging");
        addEventListener("pointermove", follow, true);
        addEventListener("touchmove", follow, true);
      },
      onEnd: () => {
        removeEventListener("pointermove", follow, true);
        removeEventListener("touchmove", follow, true);
        document.body.classList.remove("dragging");
        clearTimeout(waiting);
        const place = over;
        point(null);
        if (place) land(place);
        else letGo();
      },
    });
  }

  function follow(event) {
    const at = event.touches ? event.touches[0] : event;
    if (!at) return;
    const there = document.elementFromPoint(at.clientX, at.clientY);
    const tab = there && there.closest(".tab");
    if (tab && tab.dataset.tab !== chosen) {
      if (!waiting) waiting = setTimeout(() => { waiting = 0; choose(tab.dataset.tab); }, 350);
    } else {
      clearTimeout(waiting);
      waiting = 0;
    }
    point(there && there.closest(".place[data-key]"));
  }

  function point(place) {
    if (over) over.classList.remove("over");
    over = place;
    if (!over) {
      why.replaceChildren();
      return;
    }
    over.classList.add("over");
    const may = verdict(over.dataset.key);
    why.className = may.no ? "no" : "yes";
    why.textContent = [may.no ? "⛔️" : "", over.dataset.title, may.no || may.ah].filter(Boolean).join(" ");
  }

  function land(place) {
    const may = verdict(place.dataset.key);
    if (place.querySelector(`.card[data-post="${hand.id}"]`)) letGo();
    else if (may.no) {
      say(may.no, { bad: true });
      letGo();
    } else if (place.dataset.kind === "other") openMenu(hand.id, place.dataset.key);
    else {
      const asked = wanted(place);
      letGo();
      drop(asked);
    }
  }

  function letGo() {
    hand = null;
    mark();
    if (stale) lookAgain();
  }

  // ---- the same by keyboard --------------------------------------------------------------------------

  const menu = make("dialog", { id: "menu" });
  menu.setAttribute("aria-labelledby", "menu-title");
  document.body.append(menu);
  menu.addEventListener("close", () => {
    const id = hand && hand.id;
    letGo();
    const back = id && main.querySelector(`[data-move="${id}"]`);
    if (back) back.focus();
  });

  async function openMenu(id, day = "") {
    hand = hand || take(id);
    const mine = hand;
    await mine.asked;
    if (hand !== mine) return;
    const headline = card(id).querySelector("h3").textContent;
    const title = make("h2", { id: "menu-title", textContent: words().moveIt.replace("{headline}", headline) });
    const close = make("button", { type: "button", className: "plain", textContent: words().close });
    close.onclick = () => menu.close();
    menu.replaceChildren(title, otherTime(day), ...byDay(), ...(hand.what.story ? [] : [held()]), close);
    menu.showModal();
    if (day) menu.querySelector("input").focus();
  }

  function byDay() {
    const sections = [];
    for (const day of main.querySelectorAll(".day")) {
      const list = make("ul", {});
      for (const place of day.querySelectorAll(".place[data-key]")) {
        const there = place.querySelector(".card");  // what is out, or on its way, changes with nobody
        const fixed = there && (hand.what.story || !there.classList.contains("free"));
        if (place.dataset.kind !== "other" && !fixed && !(there && there.dataset.post === hand.id)) {
          list.append(way(place, day));
        }
      }
      if (list.children.length) {
        const section = make("section", {});
        section.append(make("h3", { textContent: day.getAttribute("aria-label") }), list);
        sections.push(section);
      }
    }
    return sections;
  }

  function way(place) {
    const there = place.querySelector(".card h3");
    const about = place.querySelector(".about");
    const kind = there ? words().swap.replace("{headline}", there.textContent) : about ? about.textContent : "";
    const item = make("li", {});
    item.append(choice(`${place.querySelector(".hour").textContent} · ${kind}`, place));
    return item;
  }

  function held() {
    const section = make("section", {});
    section.append(choice(words().hold, main.querySelector(".tray.place")));
    return section;
  }

  function choice(text, place) {
    const may = verdict(place.dataset.key);
    const button = make("button", { type: "button", className: may.no ? "way no" : "way" });
    button.append(make("span", { textContent: text }));
    if (may.no || may.ah) button.append(make("small", { textContent: may.no || may.ah }));
    if (may.no) button.setAttribute("aria-disabled", "true");
    else {
      const asked = wanted(place);
      button.onclick = () => { menu.close(); drop(asked); };
    }
    return button;
  }

  function otherTime(day) {
    const form = make("form", { className: "other-time" });
    const days = make("select", { id: "menu-day" });
    for (const each of main.querySelectorAll(".day:not(.past)")) {
      days.append(make("option", { value: each.dataset.day, textContent: each.getAttribute("aria-label") }));
    }
    if (!days.options.length) return make("span", {});
    const hour = make("input", { type: "time", id: "menu-hour", required: true, dir: "ltr" });
    const go = make("button", { type: "submit", textContent: words().go });
    const note = make("p", { className: "told" });
    note.setAttribute("role", "status");
    days.value = day || chosen;
    if (!days.value) days.selectedIndex = 0;
    const asked = () => {
      const [hours, minutes] = hour.value.split(":").map(Number);
      return { ...hand.what, key: days.value, minute: hours * 60 + minutes };
    };
    let forbidden = "";
    const look = async () => {
      forbidden = "";
      note.textContent = "";
      go.setAttribute("aria-disabled", String(!hour.value));
      if (!hour.value || !hand) return;
      const wish = asked();
      const told = await call("places", { ...wish, ...view }).catch(() => ({}));
      const may = told.places && told.places[wish.key];
      if (!may || !hand || JSON.stringify(wish) !== JSON.stringify(asked())) return;
      forbidden = may.no;
      note.textContent = may.no ? `⛔️ ${may.no}` : may.ah;
      note.className = may.no ? "told no" : "told";
      go.setAttribute("aria-disabled", String(Boolean(may.no)));
    };
    days.onchange = look;
    hour.onchange = look;
    hour.oninput = look;
    form.onsubmit = (event) => {
      event.preventDefault();
      if (forbidden || !hour.value) return;
      const wish = asked();
      menu.close();
      drop(wish);
    };
    const legend = make("h3", { textContent: words().otherTime });
    const dayLabel = make("label", { htmlFor: "menu-day", textContent: words().day });
    const hourLabel = make("label", { htmlFor: "menu-hour", textContent: words().hour });
    form.append(legend, dayLabel, days, hourLabel, hour, go, note);
    return form;
  }

  // ---- the story beside it ---------------------------------------------------------------------------

  const beside = make("dialog", { id: "beside" });
  beside.setAttribute("aria-labelledby", "beside-title");
  document.body.append(beside);
  beside.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) beside.close();
  });

  async function see(id) {
    const told = await asking("story", { post: Number(id) });
    if (!told.html) {
      refuse(told);
      return;
    }
    beside.innerHTML = told.html;  // the server's own, every word of it escaped
    beside.showModal();
    beside.scrollTop = 0;
  }

  // ---- what is pressed -------------------------------------------------------------------------------

  main.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if (pressed.dataset.see) see(pressed.dataset.see);
    else if (pressed.dataset.move) openMenu(pressed.dataset.move);
    else if (pressed.dataset.tab) choose(pressed.dataset.tab);
    else if (pressed.dataset.toWeek) {
      view.week = Number(pressed.dataset.toWeek);
      chosen = null;
      load();
    } else if (pressed.id === "leave") leave();
  });
  main.addEventListener("change", (event) => {
    if (event.target.id !== "channel") return;
    view.channel = Number(event.target.value);
    load();
  });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing && undos.length) {
      event.preventDefault();
      takeBack();
    }
  });

  async function leave() {
    await asking("leave", {});
    session = null;
    try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
    said.replaceChildren();
    main.replaceChildren(paragraph(door.shutDoor));
  }

  enter();
})();
