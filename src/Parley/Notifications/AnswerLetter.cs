using System.Text;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>Writes the mail: in the customer's language and voice, in the brand's name, with a link that opens this one thread.</summary>
internal sealed class AnswerLetter(Rosters rosters, MailLinks links, Logos logos, KeyRing keys, MailSettings mail, IMailboxes mailboxes)
{
    private const string Indent = "    ";

    public async Task<Letter> Write(WorkspaceId workspace, ConversationId id, Conversation it, Addressee to, IReadOnlyList<Word> words, (long First, Entry Said) about)
    {
        var roster = rosters.Now(workspace);
        var inbox = roster.Inbox(it.Inbox)!.Settings;
        var face = Workspaces.Face.Of(roster, inbox);
        var brand = Plain(face.Name);
        // A session that is over for good is nothing to go on with.
        var link = it.Mode == Mode.Ended && it.Policy.EndsSessions ? null : await links.Make(workspace, id, it.Inbox, to.Language);
        var said = AnswerWords.Of(Telling.Of(roster, inbox), to.Language).Filled(brand, to.Name is null ? null : Plain(to.Name));
        // Where the company has a mailbox, that is who writes, and what is answered comes in there.
        var box = await mailboxes.Of(workspace, inbox.Brand);
        var from = box?.Address ?? mail.From;
        var logo = await logos.Of(face.Logo);
        return new Letter(to.Address, said.Subject, Text(said, brand, words, link))
        {
            Page = AnswerPage.Write(said, to.Language, new(brand, face.Color, logo), words, link),
            Picture = logo,
            From = brand,
            By = box,
            ReplyTo = (box?.Address ?? mail.ReplyTo ?? from) is { } mailbox ? ReplyAddress.Of(keys, mailbox, id) : null,
            Thread = id.ToString(),
            MessageId = from is null ? null : NoticeNames.Of(keys, id, about.First, about.Said, from[(from.LastIndexOf('@') + 1)..]),
        };
    }

    private static string Text(AnswerWords said, string brand, IReadOnlyList<Word> words, string? link)
    {
        var text = new StringBuilder().Append(said.Hello).Append("\n\n");
        string? by = null;
        foreach (var word in words)
        {
            var author = word.By ?? brand;
            if (author != by)
            {
                text.Append(said.Wrote.Replace("{who}", author, StringComparison.Ordinal)).Append("\n\n");
                by = author;
            }

            foreach (var line in word.Text.Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : Indent).Append(line.TrimEnd('\r')).Append('\n');
            }

            text.Append(word.Files ? $"{Indent}{said.Files}\n\n" : "\n");
        }

        if (link is not null)
        {
            text.Append(said.Open).Append("\n\n").Append(link).Append("\n\n").Append(said.Only).Append("\n\n");
        }

        return text.Append(brand).Append("\n\n").Append(said.Reason).Append('\n').ToString();
    }

    /// <summary>One line: a name is not for making others.</summary>
    private static string Plain(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}
