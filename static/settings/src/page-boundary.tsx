import { Component, type ReactNode } from 'react';
import { CallFailure } from '../../shared/bridge/call';
import { FailureNotice } from './failure-notice';

interface PageBoundaryProps {
  readonly children: ReactNode;
}

/** An answer that the page cannot draw must not leave the frame empty. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly isBroken: boolean }> {
  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override state = { isBroken: false };

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <FailureNotice
        failure={new CallFailure('UNEXPECTED')}
        onRetry={() => this.setState({ isBroken: false })}
      />
    );
  }
}
