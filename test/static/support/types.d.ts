/// <reference types="jest" />
/// <reference types="node" />
