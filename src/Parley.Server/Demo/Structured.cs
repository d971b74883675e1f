using System.Collections.Immutable;
using System.Globalization;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Server.Demo;

/// <summary>What stories say beyond words: <c>offers: text | one | other</c>, <c>measures: text</c> (the shop's form), <c>asks: text</c> (how it was), and the answers to them.</summary>
internal static class Structured
{
    /// <summary>The shop's own form: what one has to know for the right size.</summary>
    public static readonly Form Measurements = new("measurements", "Measurements", In("Your measurements", "Ihre Maße", "Je maten", "Tus medidas"), In("Send", "Senden", "Versturen", "Enviar"),
    [
        new Field("chest", FieldType.Number, In("Chest in cm", "Brustumfang in cm", "Borstomvang in cm", "Pecho en cm"), Required: true, Min: 60, Max: 160),
        new Field("height", FieldType.Number, In("Height in cm", "Körpergröße in cm", "Lengte in cm", "Altura en cm"), Min: 90, Max: 230),
        new Field("fit", FieldType.Choice, In("How shall it fit?", "Wie soll es sitzen?", "Hoe moet het zitten?", "¿Cómo lo quieres?"), Required: true, Options:
        [
            new FieldOption("close", In("Close", "Eng", "Strak", "Ajustado")),
            new FieldOption("roomy", In("Room for wool", "Platz für Wolle", "Ruimte voor wol", "Con sitio para lana")),
        ]),
        new Field("email", FieldType.Email, In("Where shall the answer go?", "Wohin mit der Antwort?", "Waar mag het antwoord heen?", "¿A dónde enviamos la respuesta?")),
    ]);

    /// <summary>What is asked.</summary>
    public static Content Of(Line line) => line.Verb switch
    {
        "offers" when line.Text.Split(" | ") is [var text, .. var replies] => new Content("quickReplies", text) { Replies = [.. replies.Select((reply, i) => new Reply($"{i + 1}", reply))] },
        "measures" => new Content("form", line.Text) { Form = Measurements with { Name = null } },
        _ => new Content("rating", line.Text),
    };

    /// <summary>The answer to it: <c>picks 3: one</c>, or <c>fills 3: chest=98; fit=roomy</c>.</summary>
    public static Post Answer(Post post, Entry asked, Line line)
    {
        var question = Question.Of(asked);
        return post with
        {
            Of = asked.Seq,
            Asked = question,
            Content = line.Verb == "picks"
                ? new Content("text") { Choice = question!.Content!.Replies!.Value.Single(reply => reply.Text == line.Text).Id }
                : new Content("formResponse") { Values = line.Text.Split("; ").Select(value => value.Split('=')).ToImmutableDictionary(pair => pair[0], pair => Value(pair[1])) },
        };
    }

    private static FormValue Value(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static LocalText In(string en, string de, string nl, string es) => new([new("en", en), new("de", de), new("nl", nl), new("es", es)]);
}
