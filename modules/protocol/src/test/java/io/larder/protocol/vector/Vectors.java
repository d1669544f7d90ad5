package io.larder.protocol.vector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.larder.protocol.vector.Vector.Field;
import io.larder.protocol.vector.Vector.Frame;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the recorded frames from the class path; `vectors/index.txt` names them.
public final class Vectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /// All recorded frames, by name.
  public static Stream<Vector> all() {
    return names().stream().map(Vectors::get);
  }

  /// The names of all recorded frames.
  public static List<String> names() {
    try (InputStream in = open("index.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The recorded frame of a name.
  public static Vector get(String name) {
    try (InputStream in = open(name + ".json")) {
      return vector(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file);
    if (in == null) {
      throw new FileNotFoundException("vectors/" + file);
    }
    return in;
  }

  private static Vector vector(JsonNode json) {
    String command = json.get("command").asText();
    return new Vector(
        json.get("name").asText(),
        Integer.parseInt(command.substring(0, command.indexOf(' '))),
        json.get("kind").asText(),
        frame(json, "request"),
        frame(json, "response"),
        Optional.ofNullable(json.get("c_bug")).map(JsonNode::asText),
        json.path("closes").asBoolean());
  }

  private static Frame frame(JsonNode json, String which) {
    String hex = json.get(which + "_hex").asText();
    List<Field> fields = new ArrayList<>();
    for (JsonNode row : json.get(which + "_fields")) {
      fields.add(
          new Field(
              row.get(0).asInt(), row.get(1).asInt(), row.get(2).asText(), row.get(3).asText()));
    }
    return new Frame(hex, json.path(which + "_hex_normalised").asText(hex), List.copyOf(fields));
  }
}
