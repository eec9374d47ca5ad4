/** Of Slack's Block Kit, what our messages use. */
export interface Text {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
}

export interface Block {
  readonly type: string;
  readonly text?: Text;
  readonly fields?: readonly Text[];
}
