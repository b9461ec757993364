// All words that can be seen on the page, and all marks of its charts: colour, colours behind, and colour as written.
(() => {
    const opaque = colour => !/^(transparent|none|rgba\(.*, 0\))$/.test(colour);
    const ground = element => { // the nearest background around an element
        for (let each = element; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (opaque(colour)) return colour;
        }
        return 'no background';
    };
    const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const inside = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    const behind = text => { // what is painted in a picture before some words, at their ends and in their middle
        const box = text.getBoundingClientRect(), y = (box.top + box.bottom) / 2;
        const earlier = [...text.ownerSVGElement.querySelectorAll('path, rect')]
            .filter(each => each.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
            .filter(each => opaque(getComputedStyle(each).fill));
        return [box.left + 1, (box.left + box.right) / 2, box.right - 1].map(x => {
            const under = earlier.filter(each => inside(each.getBoundingClientRect(), x, y)).pop();
            return under ? getComputedStyle(under).fill : ground(text.ownerSVGElement);
        });
    };
    const words = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const element = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
        if (!text || element.closest('script, style, title') || !shown(element)) continue;
        const style = getComputedStyle(element);
        if (element.ownerSVGElement) words.push([text, style.fill, behind(element), element.getAttribute('fill')]);
        else words.push([text, style.color, [ground(element)], '']);
        for (const pseudo of ['::before', '::after']) {
            const made = getComputedStyle(element, pseudo);
            if (made.content.replace(/["']/g, '').trim() && made.content !== 'none')
                words.push([`${pseudo} of ${text}`, made.color, [ground(element)], '']);
        }
    }
    const marks = [...document.querySelectorAll('svg path, svg line, svg rect')].flatMap(each =>
        ['fill', 'stroke'].filter(kind => opaque(getComputedStyle(each)[kind]) && each.getAttribute(kind))
            .map(kind => [each.getAttribute(kind), getComputedStyle(each)[kind], ground(each)]));
    return { words, marks };
})()
