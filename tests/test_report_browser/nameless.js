// Controls that a screen reader could only call "button".
const controls = document.querySelectorAll("button, a[href], select, textarea, input:not([hidden])");
const name = e => [e.getAttribute("aria-label"), e.tagName === "SELECT" ? "" : e.textContent, e.labels?.[0]?.textContent].join("").trim();
return [...controls].filter(e => !name(e)).map(e => e.outerHTML);
