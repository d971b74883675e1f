using System.Collections.Immutable;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Writing.Macros;
using Parley.Writing.Replies;

namespace Parley.Writing;

/// <summary>Replies and macros for a workspace that is made whole at once, as the demo's is; held to the same rules as what people write.</summary>
public sealed class Stocking(Database database, TimeProvider time)
{
    /// <param name="Texts">By language.</param>
    public sealed record Reply(string Name, string Shortcut, LocalText Texts);

    /// <summary>Says a reply, puts a label on it, and closes it or brings it back after a while.</summary>
    /// <param name="Says">The name of one of the replies.</param>
    public sealed record Macro(string Name, string? Says, string? Label = null, int? SnoozeMinutes = null, bool Closes = false);

    /// <exception cref="InvalidOperationException">One of them would be refused if somebody wrote it.</exception>
    public async Task Put(WorkspaceId workspace, IEnumerable<Reply> replies, IEnumerable<Macro> macros)
    {
        var canned = replies.Select(reply => new CannedReply(ReplyId.New(time), null, reply.Name, reply.Shortcut, "plain", reply.Texts)).ToList();
        var doing = macros.Select(macro => new Macros.Macro(MacroId.New(time), null, macro.Name, [.. Actions(macro, canned)])).ToList();
        foreach (var flaw in canned.Select(reply => reply.Flaw()).Concat(doing.Select(macro => macro.Flaw())))
        {
            if (flaw is not null)
            {
                throw new InvalidOperationException(flaw.Detail);
            }
        }

        await database.Write(async session =>
        {
            foreach (var reply in canned)
            {
                await ReplyStore.Save(session, workspace, reply);
            }

            foreach (var macro in doing)
            {
                await MacroStore.Save(session, workspace, macro);
            }
        });
    }

    private static IEnumerable<MacroAction> Actions(Macro macro, List<CannedReply> replies)
    {
        if (macro.Says is { } says)
        {
            yield return new MacroAction { Reply = replies.Single(reply => reply.Name == says).Id };
        }

        if (macro.Label is { } label)
        {
            yield return new MacroAction { Label = label };
        }

        if (macro.SnoozeMinutes is { } minutes)
        {
            yield return new MacroAction { SnoozeMinutes = minutes };
        }

        if (macro.Closes)
        {
            yield return new MacroAction { Close = true };
        }
    }
}
