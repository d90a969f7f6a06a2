/* Before anything is painted: the theme that was chosen on this device, and that there is script. */
document.documentElement.classList.add("js");
/* The next long text may come in parts: rest.js fetches what follows. */
if (!document.cookie.includes("script=on")) document.cookie = "script=on; path=/; max-age=31536000; samesite=lax";
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  if (localStorage.getItem("keys") === "off") document.documentElement.dataset.keys = "off";
} catch {
  /* storage is switched off: the system decides */
}
