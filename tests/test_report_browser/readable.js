// Texts that do not stand out from what is behind them by 4.5 to 1 (WCAG 2, level AA).
const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
// a color-mix() is given as color(srgb r g b), its parts between 0 and 1
const parts = color => color.match(/[\d.]+/g).map(Number).map(v => color.startsWith("color(") ? v * 255 : v);
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const over = (top, under) => { const a = top[3] === undefined ? 1 : top[3] / (top[3] > 1 ? 255 : 1); return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
const behind = element => {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.unshift(parts(getComputedStyle(e).backgroundColor));
  return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
};
const faint = [];
for (const element of document.querySelectorAll("body *")) {
  const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!says || !element.checkVisibility() || element.closest("svg, :disabled, script, style, .count, .done, .deleted, .dim")) continue;
  const [a, b] = [luminance(parts(getComputedStyle(element).color)), luminance(behind(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) faint.push([element.textContent.slice(0, 20), element.className, element.tagName, ratio.toFixed(2)]);
}
return faint;
