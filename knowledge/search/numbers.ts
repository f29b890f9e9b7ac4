type Kind = typeof Uint8Array | typeof Uint32Array | typeof Float32Array;

/** A list of plain numbers that grows: a tenth of what a JavaScript array of numbers takes at worst. */
export type NumberList<Type extends Kind> = {
  readonly length: number;
  /** With room to spare at its end; another one after the list has grown. */
  readonly values: InstanceType<Type>;
  push(value: number): void;
};

export function createNumberList<Type extends Kind>(kind: Type): NumberList<Type> {
  let values = new kind(1024) as InstanceType<Type>;
  let length = 0;
  return {
    get length() {
      return length;
    },
    get values() {
      return values;
    },
    push(value) {
      if (length === values.length) {
        const wider = new kind(length * 2) as InstanceType<Type>;
        wider.set(values);
        values = wider;
      }
      values[length] = value;
      length += 1;
    },
  };
}
