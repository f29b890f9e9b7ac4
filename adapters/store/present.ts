type Nullable<Row> = { [Key in keyof Row]: null extends Row[Key] ? Key : never }[keyof Row];

type Present<Row> = { [Key in Exclude<keyof Row, Nullable<Row>>]: Row[Key] } & {
  [Key in Nullable<Row>]?: NonNullable<Row[Key]>;
};

/** A row without the columns that hold nothing: what is absent in our types is null in the database. */
export function present<Row extends object>(row: Row): Present<Row> {
  const held = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(held) as Present<Row>;
}
