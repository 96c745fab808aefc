"use strict";
// What every page has: its data, its two languages, light and dark, and a short way to make elements.
const PAGE = JSON.parse(document.getElementById("data").textContent);
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const store = {
  get(key) { try { return localStorage.getItem("extractor." + key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem("extractor." + key, value); } catch { /* a browser that keeps nothing */ } },
};

let language = store.get("language") ?? PAGE.language;
const say = key => (PAGE.words[key] ?? [key, key])[language === "zh" ? 0 : 1];

// An element: h("td.value", {title: "…"}, child, …). Texts become text nodes, nothing is ever read as HTML.
function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) if (value != null) element.setAttribute(key, value);
  element.append(...children.flat().filter(child => child != null && child !== ""));
  return element;
}
const word = (key, name = "span") => h(name, {"data-t": key}, say(key));

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of $$("[data-t]")) element.textContent = say(element.dataset.t);
  for (const name of ["title", "aria-label", "placeholder"])
    for (const element of $$(`[data-t-${name}]`)) element.setAttribute(name, say(element.getAttribute(`data-t-${name}`)));
  for (const button of $$("[data-do=language]")) button.lang = language === "zh" ? "en" : "zh-CN";
}

function theme(name) {
  if (name) document.documentElement.dataset.theme = name;
}

const actions = {
  language() { language = language === "zh" ? "en" : "zh"; store.set("language", language); speak(); },
  theme() {
    const dark = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    theme(dark === "dark" ? "light" : "dark");
    store.set("theme", document.documentElement.dataset.theme);
  },
  print() { window.print(); },
};

document.addEventListener("click", event => {
  const button = event.target.closest("[data-do]");
  if (button && actions[button.dataset.do]) actions[button.dataset.do](button, event);
});
theme(store.get("theme"));
speak();
