// The colours of Telegram's theme, where it has told some (tgWebAppThemeParams), else the system's.
// A colour that can't be read on its ground is not taken: many themes have such hints.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const parts = (colour) => /^#[0-9a-f]{6}$/i.test(colour || "")
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    : null;
  const light = (rgb) => rgb
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  function take(theme) {
    const ground = parts(theme.bg_color);
    for (const name of ["--ground", "--text", "--hint", "--surface", "--accent", "--on-accent"]) {
      root.style.removeProperty(name);
    }
    root.dataset.theme = (ground ? light(ground) < 0.2 : dark.matches) ? "dark" : "light";
    if (!ground) return;
    const surface = parts(theme.secondary_bg_color) ? theme.secondary_bg_color : null;
    const grounds = [ground, surface && parts(surface)].filter(Boolean);
    const readable = (colour) => parts(colour) && grounds.every((each) => contrast(parts(colour), each) >= 4.6);
    if (!readable(theme.text_color)) return;
    root.style.setProperty("--ground", theme.bg_color);
    root.style.setProperty("--text", theme.text_color);
    if (surface) root.style.setProperty("--surface", surface);
    root.style.setProperty("--hint", readable(theme.hint_color) ? theme.hint_color : theme.text_color);
    const accent = parts(theme.button_color), on = parts(theme.button_text_color);
    if (accent && on && contrast(accent, on) >= 4.6) {
      root.style.setProperty("--accent", theme.button_color);
      root.style.setProperty("--on-accent", theme.button_text_color);
    }
  }

  function read(told) {
    try {
      const theme = JSON.parse(told || "{}");
      return theme && typeof theme === "object" ? theme : {};
    } catch {
      return {};
    }
  }

  const KEPT = "monadi-board-theme";
  function kept(told) {  // over a reload, when the address holds nothing any more
    try {
      if (told) sessionStorage.setItem(KEPT, told);
      return told || sessionStorage.getItem(KEPT);
    } catch {
      return told;
    }
  }

  let theme = read(kept(new URLSearchParams(location.hash.slice(1)).get("tgWebAppThemeParams")));
  take(theme);
  dark.addEventListener("change", () => take(theme));

  function heard(kind, data) {
    if (kind === "theme_changed" && data && data.theme_params) {
      theme = read(JSON.stringify(data.theme_params));
      take(theme);
    }
  }
  // What Telegram's apps call (Web events of Mini Apps); its web app sends messages instead.
  window.Telegram = { WebView: { receiveEvent: heard } };
  addEventListener("message", (event) => {
    if (event.origin !== "https://web.telegram.org" || typeof event.data !== "string") return;
    const told = read(event.data);
    heard(told.eventType, told.eventData);
  });
})();
