package io.larder.server.command;

import io.larder.server.node.Node;
import java.io.PrintStream;
import java.nio.file.Path;

/// What `larder up` prints when the node serves: where it listens and what to do next.
final class FirstSteps {
  private FirstSteps() {}

  static void print(PrintStream out, Node node, Path data) {
    String web = node.httpUrl().orElse("");
    out.println();
    out.println("Larder is up. Data: " + data);
    out.println();
    out.println("  Page      " + web + "/");
    out.println("  Upload    curl -F file=@photo.jpg " + web + "/upload");
    out.println("  Download  open the \"url\" of the answer, or: curl -O URL");
    out.println(
        "  Native    tracker_server = "
            + node.trackerAddress().orElse("")
            + "   (any FastDFS client)");
    out.println("  Metrics   " + web + "/metrics");
    out.println();
    out.println(
        "Uploads and deletes over HTTP are taken "
            + (node.writesFromAnywhere()
                ? "from everywhere."
                : "from this machine only; LARDER_HTTP_WRITE_FROM=any opens them."));
    out.println("Ctrl-C ends the node.");
    out.flush();
  }
}
