package io.larder.http.remote;

import io.larder.http.problem.Problem;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What went wrong elsewhere, as a client of ours sees it.
public final class Faults {
  private Faults() {}

  /// A refusal keeps its status; a peer that cannot be reached or breaks off is a bad gateway.
  public static Problem problem(@Nullable Throwable fault) {
    if (fault == null) {
      return new Problem(502, Status.EIO, "Another server of the cluster gave no answer.");
    }
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof RefusedException refused) {
      return Problem.of(refused);
    }
    return new Problem(
        502, Status.ENOTCONN, "Another server of the cluster failed: " + cause.getMessage());
  }
}
