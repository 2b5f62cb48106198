// What the light pages use of React, from Preact. `preact/compat` would add 1.2 KB for parts of React that they do
// not use: its event names for inputs, `memo`, portals, suspense.
export { Component, createContext } from 'preact';
export { useContext, useEffect, useRef, useState } from 'preact/hooks';
