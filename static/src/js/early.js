/* Before anything is painted: the theme that was chosen on this device, and that there is script. */
document.documentElement.classList.add("js");
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  if (localStorage.getItem("keys") === "off") document.documentElement.dataset.keys = "off";
} catch {
  /* storage is switched off: the system decides */
}
