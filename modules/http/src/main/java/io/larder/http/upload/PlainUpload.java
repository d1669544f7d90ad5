package io.larder.http.upload;

import io.larder.http.HttpSettings;
import io.larder.http.problem.Problem;
import java.util.List;

/// `PUT /upload/{name}`: the body is the file. Owner: the verticle's event loop.
final class PlainUpload {
  private final Destinations destinations;
  private final HttpSettings settings;
  private final UploadRequest asked;

  PlainUpload(Destinations destinations, HttpSettings settings, UploadRequest asked) {
    this.destinations = destinations;
    this.settings = settings;
    this.asked = asked;
  }

  /// Begins.
  ///
  /// @throws io.larder.protocol.RefusedException when there is no storage for it
  void start(UploadExchange exchange, String filename) {
    Batch batch = new Batch(destinations.of(asked), 1, new Ending(exchange));
    batch.begin(filename, asked.extensionOf(filename), exchange.declared());
    exchange.read(
        settings.limits().uploadBytesMax(),
        piece -> batch.offer(UploadExchange.copy(piece)),
        batch::isWelcome,
        () -> {
          batch.end();
          batch.complete();
        },
        batch::fail);
  }

  /// The answer.
  private record Ending(UploadExchange exchange) implements Batch.Listener {
    @Override
    public void welcome() {
      exchange.resume();
    }

    @Override
    public void done(List<Batch.Entry> files) {
      exchange.created(files, false);
    }

    @Override
    public void failed(Problem why) {
      exchange.ignoreRest();
      exchange.refused(why);
    }
  }
}
