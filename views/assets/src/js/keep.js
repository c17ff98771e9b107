// What a person did to the page stays when the server's answer is merged into it: open panels, opened dialogs.
import htmx from './htmx.js';

htmx.registerExtension('keep', {
  htmx_before_morph_attr(element, { attrName }) {
    const isOpen = attrName === 'open' && (element.tagName === 'DETAILS' || element.tagName === 'DIALOG');
    return !isOpen; // false: leave the attribute as it is
  },
});
