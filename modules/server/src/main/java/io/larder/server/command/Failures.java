package io.larder.server.command;

import io.larder.server.node.StartFailedException;
import java.io.IOException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns a failed command into one clear message and an exit code; only a defect of ours shows a stack trace.
final class Failures implements IExecutionExceptionHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult words) {
    CommandFailure known = known(failure);
    if (known != null) {
      command.getErr().println("larder: " + known.getMessage());
      return known.exitCode();
    }
    LOGGER.error("a defect of Larder itself, please report it with these lines", failure);
    return ExitCode.SOFTWARE;
  }

  private static @Nullable CommandFailure known(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CommandFailure said) {
        return said;
      }
      if (at instanceof BindException) {
        return CommandFailure.unavailable(
            "cannot listen: "
                + at.getMessage()
                + ". Another program uses the port, or the address is not of this machine. Remedy: end that"
                + " program or choose another port with --tracker, --storage or --http.");
      }
    }
    if (failure instanceof StartFailedException) {
      return CommandFailure.unavailable(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof IOException) {
      return CommandFailure.unavailable(
          failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
    return null;
  }
}
