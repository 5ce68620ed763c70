// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** What the panels at the right share. */
export const panelStyles = css`
  :host {
    display: block;
  }
  .head {
    margin: 0 16px;
    padding: 14px 0;
    border-bottom: 1px solid var(--line);
  }
  h2 {
    font-size: 16px;
    font-weight: 600;
    line-height: 22px;
  }
  .facts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    margin: 0 16px;
    padding: 5px 0 6px;
    border-bottom: 1px solid var(--line);
  }
  .facts > div {
    min-width: 0;
    padding: 5px 8px 6px 0;
  }
  .facts dt {
    color: var(--text-faint);
    font-size: 11px;
  }
  .facts dd {
    font-size: 17px;
    font-weight: 600;
    line-height: 1.3;
    white-space: nowrap;
  }
  .facts dd.text {
    overflow: hidden;
    font-size: 13px;
    line-height: 1.7;
    text-overflow: ellipsis;
  }
  .facts dd span {
    display: block;
    color: var(--text-quiet);
    font-size: 12px;
    font-weight: 400;
  }
  .section {
    margin: 0 16px;
    padding: 12px 0 14px;
    border-bottom: 1px solid var(--line);
  }
  .section > .heading {
    margin-bottom: 6px;
  }
`;
