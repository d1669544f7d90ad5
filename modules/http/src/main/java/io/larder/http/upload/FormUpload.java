package io.larder.http.upload;

import io.larder.http.HttpSettings;
import io.larder.http.multipart.FormParser;
import io.larder.http.multipart.PartHead;
import io.larder.http.problem.Problem;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /upload`: a form. Parts with a file name are files; the fields `group`, `ext` and `durability` say where and how, and must
/// stand before the first file, because that is stored while it arrives; every other field becomes metadata of all
/// files. A part for which a browser had no file (an empty name and no bytes) is passed over.
///
/// Owner: the verticle's event loop.
final class FormUpload implements FormParser.Events, Batch.Listener {
  private static final int FIELDS_MAX = 256;

  private final Destinations destinations;
  private final HttpSettings settings;
  private UploadRequest asked;
  private @Nullable UploadExchange exchange;
  private @Nullable FormParser parser;
  private @Nullable Batch batch;
  private @Nullable PartHead part;
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private int fields;
  private boolean inFile;
  private boolean closed;

  FormUpload(Destinations destinations, HttpSettings settings, UploadRequest asked) {
    this.destinations = destinations;
    this.settings = settings;
    this.asked = asked;
  }

  /// Begins.
  ///
  /// @param contentType of the request
  /// @throws RefusedException when it is no form
  void start(UploadExchange with, String contentType) {
    FormParser form = new FormParser(contentType, this);
    parser = form;
    exchange = with;
    with.read(
        settings.limits().uploadBytesMax() + (1 << 20),
        form::feed,
        () -> batch == null || batch.isWelcome(),
        this::whole,
        this::broken);
  }

  private void whole() {
    if (parser != null) {
      parser.finish();
    }
    closeParser();
    Batch files = batch;
    if (files == null) {
      throw new MalformedException("multipart: no file in the form (a part with a filename)");
    }
    metadata.forEach(files::describe);
    files.complete();
  }

  private void broken(Problem why) {
    closeParser();
    Batch files = batch;
    if (files != null) {
      files.fail(why);
    } else if (!closed) {
      failed(why);
    }
  }

  private void closeParser() {
    FormParser form = parser;
    parser = null;
    if (form != null) {
      form.close();
    }
  }

  @Override
  public void begin(PartHead head) {
    part = head;
    value.reset();
    Optional<String> filename = head.filename();
    // Whether an empty name stands for no file shows with its first byte.
    inFile = filename.isPresent() && !filename.get().isEmpty();
    if (inFile) {
      beginFile(filename.get());
    }
  }

  private void beginFile(String filename) {
    Batch files = batch;
    if (files == null) {
      files = new Batch(destinations.of(asked), settings.limits().filesMax(), this);
      batch = files;
    }
    files.begin(filename, asked.extensionOf(filename), Destination.LENGTH_UNKNOWN);
  }

  @Override
  public void data(ByteBuf bytes) {
    PartHead head = part;
    if (head != null && !inFile && head.filename().isPresent()) {
      inFile = true;
      beginFile("");
    }
    Batch files = batch;
    if (inFile && files != null) {
      files.offer(bytes);
      return;
    }
    try {
      if (value.size() + bytes.readableBytes() > settings.limits().fieldBytesMax()) {
        throw new RefusedException(
            Status.EFBIG,
            "A field of the form is longer than "
                + settings.limits().fieldBytesMax()
                + " bytes ([http] max_field_size).");
      }
      byte[] some = new byte[bytes.readableBytes()];
      bytes.readBytes(some);
      value.write(some, 0, some.length);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void end() {
    PartHead head = part;
    part = null;
    if (inFile && batch != null) {
      batch.end();
    } else if (head != null && head.filename().isEmpty()) {
      field(head.name(), value.toString(StandardCharsets.UTF_8));
    }
  }

  private void field(String name, String text) {
    if (++fields > FIELDS_MAX) {
      throw new MalformedException("multipart: more than " + FIELDS_MAX + " fields");
    }
    Optional<UploadRequest> said = asked.with(name, text);
    if (said.isEmpty()) {
      FormFields.check(name, text);
      metadata.put(name, text);
    } else if (batch != null) {
      throw new MalformedException(
          "multipart: the field '" + name + "' must stand before the first file");
    } else {
      asked = said.get();
    }
  }

  @Override
  public void welcome() {
    if (exchange != null) {
      exchange.resume();
    }
  }

  @Override
  public void done(List<Batch.Entry> files) {
    closed = true;
    if (exchange != null) {
      exchange.created(files, files.size() > 1);
    }
  }

  @Override
  public void failed(Problem why) {
    closed = true;
    closeParser();
    if (exchange != null) {
      exchange.ignoreRest();
      exchange.refused(why);
    }
  }
}
