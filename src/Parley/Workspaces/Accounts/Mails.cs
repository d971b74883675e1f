using Parley.Platform.Mail;

namespace Parley.Workspaces.Accounts;

/// <summary>What is mailed to agents, in the language of the screen that asked for it. Each makes its link at the moment of sending.</summary>
internal static class Mails
{
    public static (string Subject, string Text) Invitation(string language, string company, string by, string link) => language switch
    {
        "de" => ($"{by} lädt Sie zu {company} ein", $"Hallo,\n\n{by} möchte mit Ihnen bei {company} die Fragen der Kunden beantworten. Unter dieser Adresse wählen Sie Namen und Passwort und können beginnen:\n\n{link}\n\nSie gilt 14 Tage und ein einziges Mal. Falls Sie damit nichts anfangen können, ist nichts zu tun.\n"),
        "nl" => ($"{by} nodigt je uit voor {company}", $"Hallo,\n\n{by} wil samen met jou bij {company} de vragen van klanten beantwoorden. Op dit adres kies je naam en wachtwoord en kun je beginnen:\n\n{link}\n\nHet is 14 dagen geldig, één keer. Zegt dit je niets, dan hoef je niets te doen.\n"),
        "es" => ($"{by} te invita a {company}", $"Hola:\n\n{by} quiere responder contigo a los clientes de {company}. En esta dirección eliges nombre y contraseña, y puedes empezar:\n\n{link}\n\nVale 14 días y una sola vez. Si no sabes de qué se trata, no tienes que hacer nada.\n"),
        _ => ($"{by} invites you to {company}", $"Hello,\n\n{by} would like to answer the customers of {company} together with you. At this address you choose your name and password, and can begin:\n\n{link}\n\nIt is good for 14 days, and once. If this means nothing to you, there is nothing to do.\n"),
    };

    public static (string Subject, string Text) Forgotten(string language, string link) => language switch
    {
        "de" => ("Ihr neues Passwort für Parley", $"Hallo,\n\njemand hat für diese Adresse ein neues Passwort verlangt. Waren Sie es, wählen Sie es hier:\n\n{link}\n\nDie Adresse gilt eine Stunde und ein einziges Mal. Waren Sie es nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.\n"),
        "nl" => ("Je nieuwe wachtwoord voor Parley", $"Hallo,\n\niemand heeft voor dit adres een nieuw wachtwoord gevraagd. Was jij dat, kies het dan hier:\n\n{link}\n\nHet adres is een uur geldig, één keer. Was jij het niet, dan hoef je niets te doen: je wachtwoord blijft zoals het is.\n"),
        "es" => ("Tu nueva contraseña de Parley", $"Hola:\n\nalguien ha pedido una contraseña nueva para esta dirección. Si has sido tú, elígela aquí:\n\n{link}\n\nLa dirección vale una hora y una sola vez. Si no has sido tú, no tienes que hacer nada: tu contraseña sigue como está.\n"),
        _ => ("Your new password for Parley", $"Hello,\n\nsomebody asked for a new password for this address. If it was you, choose it here:\n\n{link}\n\nThe address is good for an hour, and once. If it was not you, there is nothing to do: your password stays as it is.\n"),
    };

    /// <summary>What a site's pages carry so that customers can write there.</summary>
    public static string Snippet(string home, InboxId inbox) => $"<script async src=\"{home}/parley.js\" data-inbox=\"{inbox}\"></script>";

    public static (string Subject, string Text) Webmaster(string language, string company, string by, string answers, string snippet) => language switch
    {
        "de" => ($"Eine Zeile für die Website von {company}", $"Hallo,\n\nbitte fügen Sie diese Zeile auf jeder Seite unserer Website vor dem Ende des body ein:\n\n{snippet}\n\nSie zeigt den Knopf, mit dem Kunden uns schreiben. Vielen Dank!\n\n{by}, {company}\n{answers}\n"),
        "nl" => ($"Een regel voor de website van {company}", $"Hallo,\n\nwil je deze regel op elke pagina van onze site voor het einde van de body zetten:\n\n{snippet}\n\nHij toont de knop waarmee klanten ons schrijven. Bedankt!\n\n{by}, {company}\n{answers}\n"),
        "es" => ($"Una línea para el sitio web de {company}", $"Hola:\n\npega por favor esta línea antes del final del body de cada página de nuestro sitio:\n\n{snippet}\n\nMuestra el botón con el que los clientes nos escriben. ¡Gracias!\n\n{by}, {company}\n{answers}\n"),
        _ => ($"A line for the website of {company}", $"Hello,\n\nplease paste this line before the end of the body of every page of our site:\n\n{snippet}\n\nIt shows the button with which customers write to us. Thank you!\n\n{by}, {company}\n{answers}\n"),
    };
}

/// <summary>The line for a site, to whoever looks after it.</summary>
internal sealed class SnippetMail(Rosters rosters, Homes homes) : IMailWriter
{
    public const string Name = "snippet";

    public string Kind => Name;

    /// <summary>The detail is the inbox and who asks: <c>inb_… agt_…</c>.</summary>
    public async Task<(Letter Letter, Guid Workspace)?> Write(MailJob job)
    {
        var parts = job.Detail.Split(' ');
        var (inbox, by) = (InboxId.Parse(parts[0]), AgentId.Parse(parts[1]));
        if (await rosters.Of(new WorkspaceId(job.Workspace)) is not { } roster || roster.BrandOf(inbox) is not { } brand || roster.Agent(by) is not { Active: true } agent || await homes.Find(roster.Id) is not { } home)
        {
            return null;
        }

        var (subject, text) = Mails.Webmaster(job.Language, brand.Name, agent.Name, agent.Email, Mails.Snippet(home, inbox));
        return (new Letter(job.To, subject, text), roster.Id.Value);
    }
}

internal sealed class InvitationMail(Invitations invitations, Links links, Rosters rosters, Homes homes) : IMailWriter
{
    public string Kind => Links.Invitation;

    /// <summary>The detail is the invitation and who invites: <c>ivt_… agt_…</c>.</summary>
    public async Task<(Letter Letter, Guid Workspace)?> Write(MailJob job)
    {
        var parts = job.Detail.Split(' ');
        if (await invitations.Find(InvitationId.Parse(parts[0])) is not { } invitation || await rosters.Of(invitation.Workspace) is not { } roster || await homes.Find(roster.Id) is not { } home)
        {
            return null;
        }

        var secret = await links.Issue(Links.Invitation, invitation.Id.Value, invitation.ExpiresAt);
        var (subject, text) = Mails.Invitation(job.Language, roster.Name, roster.Agent(AgentId.Parse(parts[1]))?.Name ?? roster.Name, $"{home}/join#{secret}");
        return (new Letter(invitation.Email, subject, text), roster.Id.Value);
    }
}

internal sealed class ForgottenMail(AccountStore accounts, Links links, Rosters rosters, Homes homes, TimeProvider time) : IMailWriter
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public string Kind => Links.Password;

    /// <summary>Only here it turns out whether the address is anybody's: the answer to whoever asked was the same.</summary>
    public async Task<(Letter Letter, Guid Workspace)?> Write(MailJob job)
    {
        if (await accounts.Find(job.To) is not { } account)
        {
            return null;
        }

        foreach (var (workspace, agent) in await accounts.Memberships(account.Id))
        {
            if ((await rosters.Of(workspace))?.Agent(agent) is { Active: true } && await homes.Find(workspace) is { } home)
            {
                var secret = await links.Issue(Links.Password, account.Id, time.GetUtcNow() + Life);
                var (subject, text) = Mails.Forgotten(job.Language, $"{home}/reset#{secret}");
                return (new Letter(account.Email, subject, text), workspace.Value);
            }
        }

        return null;
    }
}
