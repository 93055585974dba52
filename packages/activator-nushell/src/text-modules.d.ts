declare module '*.nu' {
  const text: string;
  export default text;
}
