declare module '*.ps1' {
  const text: string;
  export default text;
}
