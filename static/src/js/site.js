/* What every page may do beyond reading and sending forms. Nothing here is needed to do the work. */
import { root } from "./dom.js";
import "./theme.js";
import "./strips.js";
import "./margin.js";
import "./glossary.js";
import "./keys.js";

root.classList.add("js");
