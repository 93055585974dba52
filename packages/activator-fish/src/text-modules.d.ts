declare module '*.fish' {
  const text: string;
  export default text;
}
