declare module '*.xsh' {
  const text: string;
  export default text;
}
