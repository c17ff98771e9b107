// Entry of the script every page loads: htmx and our own small modules. Pages work without it.
import './js/keep.js';
import './js/jump.js';
import './js/live.js';
import './js/trouble.js';
import './js/dialog.js';
import './js/theme.js';
import './js/copy.js';
import './js/charts.js';
import './js/print.js';
import './js/lazy.js';
