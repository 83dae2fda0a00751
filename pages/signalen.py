"""Stub"""

import streamlit as st

from gebieden.domein.rechten import Pagina
from gebieden.ui.toegang import guard

guard(Pagina("signalen"))
st.write("signalen")
