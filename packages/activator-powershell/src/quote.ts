/**
 * One word of PowerShell that stands for exactly `text`, line breaks included. Between single quotes nothing is expanded;
 * a quote is written twice, and PowerShell takes four characters for one: U+0027 and the typographic U+2018 to U+201B
 * (Windows PowerShell Language Specification 3.0, 2.3.5.2).
 */
export function quote(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
