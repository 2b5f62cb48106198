// Finds the tests in a source file, from its syntax: nothing runs here.
import ts from 'typescript';

const testFunctions = ['it', 'test'];
const skippingForms = ['skip', 'todo'];

/** The name at the root of `it`, `it.each(rows)`, `it.only`, …, and the members on the way: `{ root: 'it', members: ['each'] }`. */
function readCallee(node) {
  if (ts.isIdentifier(node)) return { root: node.text, members: [] };
  if (ts.isPropertyAccessExpression(node)) {
    const { root, members } = readCallee(node.expression);
    return { root, members: [...members, node.name.text] };
  }
  if (ts.isCallExpression(node)) return readCallee(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return readCallee(node.tag);
  return { root: undefined, members: [] };
}

/** A title as written; what is only known at run time becomes "…". */
function readTitle(node) {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

/** The tests in this source, each as its titles: those of the enclosing `describe` blocks, then its own. Skipped tests are left out. */
export function findTests(fileName, text) {
  const tests = [];
  function visit(node, titles) {
    let inner = titles;
    if (ts.isCallExpression(node)) {
      const { root, members } = readCallee(node.expression);
      // The title is an argument of the outermost call: `it.each(rows)` alone has none.
      const isOutermost = !(ts.isCallExpression(node.parent) && node.parent.expression === node);
      const title = isOutermost ? readTitle(node.arguments[0]) : undefined;
      const isSkipped = members.some((member) => skippingForms.includes(member));
      if (title !== undefined && !isSkipped) {
        if (testFunctions.includes(root)) tests.push([...titles, title]);
        if (root === 'describe') inner = [...titles, title];
      }
      if (isSkipped) return;
    }
    ts.forEachChild(node, (child) => visit(child, inner));
  }
  visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true), []);
  return tests;
}
