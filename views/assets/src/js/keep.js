// Panels stay as the person left them when the server's answer is merged into the page. A closed panel opens only when
// the answer found something wrong inside.
import htmx from './htmx.js';

htmx.registerExtension('keep', {
  htmx_before_morph_node(element, { oldNode, newNode }) {
    if (oldNode.tagName === 'DETAILS') {
      const open = oldNode.open || newNode.querySelector('.invalid') !== null;
      oldNode.open = open;
      newNode.open = open;
    }
    if (oldNode.tagName === 'DIALOG') newNode.open = oldNode.open;
  },
});
