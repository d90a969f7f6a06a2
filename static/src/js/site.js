/* What every page may do beyond reading and sending forms. Nothing here is needed to do the work. */
import "./theme.js";
import "./strips.js";
import "./rest.js";
import "./margin.js";
import "./outline.js";
import "./glossary.js";
import "./keys.js";
import "./selection.js";
import "./mentions.js";
import "./reactions.js";
import "./amend.js";
import "./desk.js";
import "./presence.js";
import "./news.js";
import "./keep.js";
import "./look.js";
import "./busy.js";
