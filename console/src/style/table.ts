// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** What the pages of tables share: a head with filters, a table that scrolls under a fixed head of its own. */
export const tableStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
    background: var(--ground);
  }
  .page-head {
    display: flex;
    align-items: center;
    gap: 16px;
    flex: none;
    height: 60px;
    padding: 0 20px;
    border-bottom: 1px solid var(--line);
    background: var(--panel);
  }
  .page-head h1 {
    font-size: 18px;
    font-weight: 600;
    white-space: nowrap;
  }
  .page-head .about {
    min-width: 0;
    color: var(--text-faint);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .page-head .tools {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-left: auto;
  }
  .filters {
    display: flex;
    gap: 6px;
    flex: none;
    align-items: center;
    height: 48px;
    padding: 0 20px;
    border-bottom: 1px solid var(--line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .filters button {
    min-height: 28px;
    color: var(--text-quiet);
    font-size: 12px;
  }
  .filters button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-ground);
    color: var(--text);
  }
  .filters .n {
    color: var(--text-faint);
  }
  .filters input {
    width: 220px;
    min-height: 28px;
    height: 28px;
    margin-left: auto;
    padding: 0 10px;
    font-size: 12px;
  }
  .table {
    flex: 1;
    min-height: 0;
    overflow: auto;
    scrollbar-gutter: stable;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
  }
  th {
    position: sticky;
    top: 0;
    z-index: 1;
    height: 32px;
    padding: 0 10px;
    border-bottom: 1px solid var(--line);
    background: var(--ground);
    color: var(--text-faint);
    font-size: 11px;
    font-weight: 600;
    letter-spacing: 0.04em;
    text-align: left;
    white-space: nowrap;
  }
  td {
    height: 36px;
    padding: 0 10px;
    border-bottom: 1px solid #1b2024;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-left: 20px;
  }
  th:last-child,
  td:last-child {
    padding-right: 20px;
  }
  tbody tr:hover td {
    background: var(--panel);
  }
  .number {
    text-align: right;
  }
  .none {
    padding: 84px 24px;
    color: var(--text-quiet);
    text-align: center;
  }
  .none b {
    display: block;
    margin-bottom: 4px;
    color: var(--text);
    font-size: 16px;
    font-weight: 600;
  }
`;
