using Parley.Conversations;
using Parley.Log;

namespace Parley.Channels.Receiving;

/// <summary>Finds the question that a customer's word answers, where the channel drew no buttons or gave back only what was pressed: a number, or the very words.</summary>
internal sealed class Choosing(LogReader log)
{
    /// <summary>So far back it is looked for what was asked last.</summary>
    private const int Lately = 20;

    /// <returns>The word as an answer and what it answers; or as it is, and null.</returns>
    public async Task<(Content Content, long? Of)> Of(Conversations.Found thread, InboundMessage message, Content content)
    {
        if (content.HasFiles || (message.Choice is null && message.Text is not { Length: > 0 and <= 200 }))
        {
            return (content, null);
        }

        var page = await log.Timeline(Conversation.Subject(thread.Id), after: null, before: null, Lately, publicOnly: true);
        var last = page.Items.LastOrDefault(entry => entry.Body is Message && entry.Author.Kind != AuthorKind.Contact);
        if (last?.Body is not Message { Content: var question } || (Answering.Once(question) && Answered(thread.State, last.Seq)))
        {
            return (content, null);
        }

        var choice = message.Choice is { } pressed && Degrading.Choices(question).Any(one => one.Choice == pressed) ? pressed : Degrading.Chosen(question, message.Text);
        return choice is null ? (content, null) : (new Content("text") { Choice = choice, Mail = content.Mail }, last.Seq);
    }

    private static bool Answered(Conversation it, long seq) => seq <= it.AnsweredTo || it.Answered?.Contains(seq) == true;
}
