// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** What all dialogs share: a plate in the middle with a head, a content and a row of buttons. */
export const dialogStyles = css`
  dialog {
    max-width: calc(100vw - 48px);
    max-height: calc(100vh - 48px);
    padding: 0;
    border: 1px solid var(--line-strong);
    border-radius: 10px;
    background: var(--panel);
    color: var(--text);
    box-shadow: 0 24px 80px #000c;
  }
  dialog::backdrop {
    background: #070a0cb3;
  }
  dialog header {
    padding: 18px 20px 0;
  }
  dialog h2 {
    font-size: 17px;
    font-weight: 600;
    line-height: 1.3;
  }
  dialog header p {
    margin-top: 2px;
    color: var(--text-quiet);
  }
  dialog .content {
    display: grid;
    gap: 14px;
    padding: 16px 20px 4px;
  }
  dialog .field {
    display: grid;
    gap: 5px;
  }
  dialog .problem {
    min-height: 42px;
    padding: 8px 20px 0;
    color: var(--text-quiet);
    font-size: 12.5px;
  }
  dialog .problem b {
    color: var(--high);
    font-weight: 600;
  }
  dialog footer {
    display: flex;
    justify-content: flex-end;
    gap: 10px;
    padding: 10px 20px 18px;
  }
  dialog footer button {
    min-height: 34px;
    padding: 0 16px;
  }
`;
