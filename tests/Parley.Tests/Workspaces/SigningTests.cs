using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class SigningTests
{
    [Fact, Trait("row", "CH9")]
    public void CH9_An_agent_signs_their_mails_as_they_like()
    {
        var kind = new AgentKind();
        Decide(kind, AgentState.Empty, new SetSignature(ByKim, Noor, " Noor\r\nSails \n")).Bodies().ShouldBe([new AgentSignatureSet("Noor\nSails")]);
        var signed = Fold<AgentState>(kind, AgentKind.Of(Noor), new AgentSignatureSet("Noor"));
        signed.Signature.ShouldBe("Noor");
        Decide(kind, signed, new SetSignature(ByKim, Noor, "Noor")).Bodies().ShouldBeEmpty();
        Decide(kind, signed, new SetSignature(ByKim, Noor, new string('x', 2_001))).ShouldBeRefused("signature.tooLong", 400);
        Fold<AgentState>(kind, AgentKind.Of(Noor), new AgentSignatureSet("Noor"), new AgentSignatureSet("")).Signature.ShouldBeNull();
    }
}
