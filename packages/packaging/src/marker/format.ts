import type { Marker, MarkerOperand } from './marker.ts';

/** The marker as a text that {@link parseMarker} reads as the same tree. */
export function formatMarker(marker: Marker): string {
  if (marker.kind === 'comparison') {
    return `${formatOperand(marker.left)} ${marker.operator} ${formatOperand(marker.right)}`;
  }
  const terms = marker.terms.map((term) => {
    // "and" binds stronger; a group of the same kind inside another is kept as a group of its own.
    const needsParentheses = term.kind === marker.kind || term.kind === 'or';
    return needsParentheses ? `(${formatMarker(term)})` : formatMarker(term);
  });
  return terms.join(` ${marker.kind} `);
}

function formatOperand(operand: MarkerOperand): string {
  if ('field' in operand) return operand.field;
  return operand.value.includes('"') ? `'${operand.value}'` : `"${operand.value}"`;
}
